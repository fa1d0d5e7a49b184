import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readDicomHeader } from './dicom-header.ts';
import { layoutElements, uids, wordBytes, writeHandMadeDicom } from './hand-made-dicom.ts';
import type { HandMadeElement } from './hand-made-dicom.ts';
import { readHead } from './read-head.ts';
import { tags } from './tags.ts';

const elements: HandMadeElement[] = [
  [tags.specificCharacterSet, 'CS', 'ISO_IR 192'],
  [tags.sopInstanceUid, 'UI', '1.2.3.4'],
  [tags.modality, 'CS', 'DX'],
  [tags.presentationIntent, 'CS', 'FOR PRESENTATION'],
  [tags.manufacturer, 'LO', 'Röntgen & Søn'],
  [tags.patientId, 'LO', 'P-17'],
  [tags.patientSex, 'CS', 'F'],
  [tags.patientAge, 'AS', '018M'],
  [tags.imagerPixelSpacing, 'DS', '0.139\\0.14'],
  [tags.viewPosition, 'CS', 'PA'],
  [tags.studyInstanceUid, 'UI', '1.2.3'],
  [tags.seriesInstanceUid, 'UI', '1.2.3.5'],
  [tags.patientOrientation, 'CS', 'L\\F'],
  [tags.laterality, 'CS', 'U'],
  [tags.imageLaterality, 'CS', 'R'],
  ...layoutElements({ columns: 4, rows: 2, bitsStored: 12, frames: 1 }),
  [tags.pixelSpacing, 'DS', '0.1\\0.2'],
  [tags.burnedIn, 'CS', 'NO'],
  [tags.lossyCompression, 'CS', '01'],
];

const expected = {
  transferSyntaxUid: uids.explicit,
  patientId: 'P-17',
  studyInstanceUid: '1.2.3',
  seriesInstanceUid: '1.2.3.5',
  sopInstanceUid: '1.2.3.4',
  modality: 'DX',
  viewPosition: 'PA',
  laterality: 'R',
  patientOrientation: ['L', 'F'],
  sex: 'F',
  age: 1.5,
  manufacturer: 'Röntgen & Søn',
  rows: 2,
  columns: 4,
  frames: 1,
  samplesPerPixel: 1,
  photometric: 'MONOCHROME2',
  bitsAllocated: 16,
  bitsStored: 12,
  isSigned: false,
  presentationIntent: 'FOR PRESENTATION',
  hasBurnedInAnnotation: false,
  imagerPixelSpacing: [0.139, 0.14],
  pixelSpacing: [0.1, 0.2],
  isLossy: true,
  hasPixels: true,
};
const pixels = wordBytes([1, 2, 3, 4, 5, 6, 7, 8]);

describe('readDicomHeader', () => {
  it.each(['explicit', 'implicit', 'bigEndian', 'deflated'] as const)('reads every field, %s', async (name) => {
    const file = writeHandMadeDicom({ elements, pixels, syntax: uids[name] });
    expect(await readDicomHeader(file)).toEqual({ ...expected, transferSyntaxUid: uids[name] });
  });

  it('leaves out what is absent, blank or makes no sense', async () => {
    const file = writeHandMadeDicom({
      elements: [
        [tags.patientAge, 'AS', 'old'],
        [tags.imagerPixelSpacing, 'DS', '0\\0.1'],
        [tags.patientOrientation, 'CS', ''],
        [tags.modality, 'CS', '  '],
        [tags.frames, 'IS', '1A'],
        [tags.burnedIn, 'CS', 'PERHAPS'],
      ],
    });
    const header = await readDicomHeader(file);
    const present = Object.entries(header).filter(([, value]) => value !== undefined);
    expect(present).toEqual([
      ['transferSyntaxUid', uids.explicit],
      ['hasPixels', false],
    ]);
  });

  it.each([
    ['045Y', 45],
    ['62', 62],
    ['006W', 42 / 365.25],
    ['010D', 10 / 365.25],
  ])('reads the age %s', async (text, age) => {
    const header = await readDicomHeader(writeHandMadeDicom({ elements: [[tags.patientAge, 'AS', text]] }));
    expect(header.age).toBeCloseTo(age, 10);
  });

  it.each([
    ['ISO_IR 192', Buffer.from('Ærø', 'utf8'), 'Ærø'],
    ['ISO_IR 100', Buffer.from('Ærø', 'latin1'), 'Ærø'],
    ['', Buffer.from('Plain', 'latin1'), 'Plain'],
    ['ISO_IR 144', Buffer.from('bbde', 'hex'), 'Ло'],
    ['ISO 2022 IR 126', Buffer.from('c4c5', 'hex'), 'ΔΕ'],
    ['GB18030', Buffer.from('d2bdd4ba', 'hex'), '医院'],
    ['ISO_IR 192', Buffer.from('Ærø', 'latin1'), 'Ærø'],
    ['ISO_IR 999', Buffer.from('Ærø', 'latin1'), 'Ærø'],
  ])('reads text in the character set %s', async (characterSet, bytes, text) => {
    const named: HandMadeElement[] = [
      [tags.specificCharacterSet, 'CS', characterSet],
      [tags.manufacturer, 'LO', bytes],
    ];
    expect((await readDicomHeader(writeHandMadeDicom({ elements: named }))).manufacturer).toBe(text);
  });

  it('does not read past the header', async () => {
    const asked: number[] = [];
    const file = writeHandMadeDicom({ elements, pixels: new Uint8Array(5_000_000) });
    const { pixels: element } = await readHead((limit) => {
      asked.push(limit);
      return Promise.resolve(file.subarray(0, limit));
    }, 'x');
    expect(element?.length).toBe(5_000_000);
    expect(Math.max(...asked)).toBeLessThan(100_000);
  });

  it('reads on where the header is long', async () => {
    const long: HandMadeElement[] = [...elements, ['x00091010', 'OB', new Uint8Array(3_000_000)]];
    expect(await readDicomHeader(writeHandMadeDicom({ elements: long, pixels }))).toEqual(expected);
  });

  it('looks into no icon for the pixels', async () => {
    const icon: HandMadeElement[] = [...layoutElements({ columns: 1, rows: 1 }), [tags.pixels, 'OW', [7]]];
    const more: HandMadeElement[] = [...elements, ['x00880200', 'SQ', [icon]]];
    expect(await readDicomHeader(writeHandMadeDicom({ elements: more, pixels }))).toEqual(expected);
    expect((await readDicomHeader(writeHandMadeDicom({ elements: more }))).hasPixels).toBe(false);
  });
});

describe('files', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lightbox-dicom-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('are read by path and named in failures', async () => {
    const path = join(folder, 'film.dcm');
    const file = writeHandMadeDicom({ elements, pixels });
    await writeFile(path, file);
    expect(await readDicomHeader(path)).toEqual(expected);
    await writeFile(path, file.subarray(0, 300));
    await expect(readDicomHeader(path)).rejects.toMatchObject({ code: 'picture/unreadable' });
    await expect(readDicomHeader(path)).rejects.toThrow('film.dcm is a DICOM file whose header cannot be read');
    await writeFile(path, 'no film');
    await expect(readDicomHeader(path)).rejects.toMatchObject({ code: 'picture/unsupported' });
    await writeFile(path, '');
    await expect(readDicomHeader(path)).rejects.toThrow('film.dcm is not a DICOM file');
    await expect(readDicomHeader(join(folder, 'none.dcm'))).rejects.toMatchObject({ code: 'picture/not-found' });
    await expect(readDicomHeader(folder)).rejects.toMatchObject({ code: 'picture/unreadable' });
  });
});

const samples = fileURLToPath(new URL('../../../../../shared/data/dicom/', import.meta.url));
describe.skipIf(!existsSync(samples))('sample files (skipped where ../shared/data/dicom is absent)', () => {
  it.each([
    [
      'chest_rsna.dcm',
      { modality: 'CR', viewPosition: 'PA', sex: 'M', age: 62, isLossy: true, pixelSpacing: [0.168, 0.168] },
    ],
    ['MR_truncated.dcm', { modality: 'MR', manufacturer: 'TOSHIBA_MEC', patientId: '4MR1', rows: 64, hasPixels: true }],
    ['MR_small_bigendian.dcm', { modality: 'MR', rows: 64, isSigned: true, transferSyntaxUid: uids.bigEndian }],
    ['no_meta.dcm', { modality: 'CT', rows: 128, transferSyntaxUid: uids.explicit }],
    ['badVR.dcm', { modality: 'RTDOSE', bitsAllocated: 32, frames: undefined }],
    ['rtplan.dcm', { modality: 'RTPLAN', rows: undefined, hasPixels: false, transferSyntaxUid: uids.implicit }],
  ])('%s', async (name, fields) => {
    expect(await readDicomHeader(`${samples}${name}`)).toMatchObject(fields);
  });
});
