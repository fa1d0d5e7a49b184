import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldCase, foldName } from './fold-name.ts';
import { isIgnored } from './ignored-names.ts';
import { findMaskKind, isPictureFolder } from './mask-folders.ts';
import { isDicomName, isPictureFile, isPictureName, pictureStem, preferFormats } from './picture-names.ts';
import { findSplitRole } from './split-names.ts';

const anyName = fc.string({ unit: 'binary', maxLength: 300 });

describe('folded names', () => {
  it.each(['Lung Segmentation Data', 'lung_segmentation_data', 'LUNG-Segmentation  data', 'LungSegmentationData'])(
    '%s',
    (name) => {
      expect(foldName(name)).toBe('lungsegmentationdata');
    },
  );

  it('make one of case, spaces, underscores and hyphens, and nothing more of letters and digits', () => {
    const word = fc.stringMatching(/^[a-z0-9]{1,8}$/);
    const gap = fc.constantFrom(' ', '_', '-', '', ' - ');
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 5 }), gap, (words, between) => {
        const name = words.map((text, at) => (at % 2 === 0 ? text.toUpperCase() : text)).join(between);
        expect(foldName(name)).toBe(words.join(''));
      }),
    );
  });

  it('fold once and for all', () => {
    fc.assert(
      fc.property(anyName, (name) => {
        expect(foldName(foldName(name))).toBe(foldName(name));
      }),
    );
  });

  it('keep what tells classes apart', () => {
    expect(foldCase('ER+')).not.toBe(foldCase('ER-'));
    expect(foldCase('Me\u0301lanome')).toBe(foldCase('M\u00e9lanome'));
  });
});

describe('split names', () => {
  it.each([
    ['Train', 'train'],
    ['training', 'train'],
    ['Train set', 'train'],
    ['val', 'val'],
    ['VALID', 'val'],
    ['validation', 'val'],
    ['Test', 'test'],
    ['testing', 'test'],
    ['test_images', 'test'],
    ['set', undefined],
    ['contest', undefined],
    ['training wheels', undefined],
    ['constructor', undefined],
    ['__proto__', undefined],
    ['', undefined],
  ])('%s is %s', (name, role) => {
    expect(findSplitRole(name)).toBe(role);
  });
});

describe('mask folders', () => {
  it.each([
    ['lung masks', 'lung'],
    ['Infection_Masks', 'infection'],
    ['LungMasks', 'lung'],
    ['lesion-mask', 'lesion'],
    ['masks', 'region'],
    ['images', undefined],
    ['Lung Segmentation Data', undefined],
    ['masked', undefined],
  ])('%s holds %s', (name, kind) => {
    expect(findMaskKind(name)).toBe(kind);
  });

  it.each(['images', 'Images', 'imgs'])('%s says only that pictures lie there', (name) => {
    expect(isPictureFolder(name)).toBe(true);
  });
});

describe('picture names', () => {
  it.each(['a.png', 'a.PNG', 'a.jpg', 'a.JPEG', 'a.tif', 'a.tiff'])('%s is a picture', (name) => {
    expect(isPictureName(name)).toBe(true);
    expect(pictureStem(name)).toBe('a');
  });

  it.each(['a', 'png', 'a.png.txt', 'a.gif', 'a.csv', 'a.dcm'])('%s is none', (name) => {
    expect(isPictureName(name)).toBe(false);
  });

  it('cut no dots that belong to the name', () => {
    expect(pictureStem('1.2.840.113')).toBe('1.2.840.113');
    expect(pictureStem('1.2.840.113.dcm')).toBe('1.2.840.113');
  });

  it('go before each other by what their format loses', () => {
    expect(preferFormats(['a.dcm', 'a.jpg', 'a.png'])).toEqual(['a.png']);
    expect(preferFormats(['a.dcm', 'x/a.jpg', 'y/a.jpg'])).toEqual(['x/a.jpg', 'y/a.jpg']);
    expect(preferFormats(['a.dcm'])).toEqual(['a.dcm']);
  });
});

it.each(['.DS_Store', '._covid_1.png', '__MACOSX', 'Thumbs.db', 'desktop.ini', '$RECYCLE.BIN', '@eaDir'])(
  '%s is ignored',
  (name) => {
    expect(isIgnored(name)).toBe(true);
  },
);

it('any name can be asked about', () => {
  fc.assert(
    fc.property(anyName, (name) => {
      const answers = [findSplitRole(name), findMaskKind(name), isPictureFolder(name), isIgnored(name)];
      expect(answers).toHaveLength(4);
      expect(isPictureFile(name)).toBe(isPictureName(name) || isDicomName(name));
      expect(name.startsWith(pictureStem(name))).toBe(true);
    }),
  );
});
