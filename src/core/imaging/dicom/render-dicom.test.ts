import { describe, expect, it } from 'vitest';
import { decodeDicom } from './decode-dicom.ts';
import type { GreyDicomPicture } from './dicom-picture.ts';
import { layoutElements, wordBytes, writeHandMadeDicom } from './hand-made-dicom.ts';
import type { HandMadeElement, HandMadeLayout } from './hand-made-dicom.ts';
import { renderDicom } from './render-dicom.ts';
import type { RenderSettings } from './render-dicom.ts';
import { tags } from './tags.ts';

const stored = [0, 1000, 2000, 4095];

async function decode(
  more: readonly HandMadeElement[],
  layout: Partial<HandMadeLayout> = {},
  pixels: readonly number[] = stored,
): Promise<GreyDicomPicture> {
  const elements = [...layoutElements({ columns: pixels.length, rows: 1, bitsStored: 12, ...layout }), ...more];
  const picture = await decodeDicom(writeHandMadeDicom({ elements, pixels: wordBytes(pixels) }), 'made.dcm');
  if (picture.kind !== 'grey') throw new Error('grey was expected');
  return picture;
}

const levels = (picture: GreyDicomPicture, settings?: RenderSettings): number[] => [
  ...renderDicom(picture, settings).samples,
];

const lut = (descriptor: readonly number[], table: readonly number[], explanation: string): HandMadeElement[] => [
  [tags.lutDescriptor, 'US', descriptor],
  [tags.lutExplanation, 'LO', explanation],
  [tags.lutTable, 'OW', wordBytes(table)],
];

const shares = (...values: readonly number[]): number[] => values.map((value) => Math.round(value * 65_535));

describe('from stored values to grey', () => {
  it('without any setting the lowest value is black and the highest white', async () => {
    const picture = await decode([]);
    expect(picture).toMatchObject({ range: [0, 4095], windows: [], isInverted: false });
    expect(levels(picture)).toEqual(shares(0, 1000 / 4095, 2000 / 4095, 1));
    expect(renderDicom(picture)).toMatchObject({ channels: 1, depth: 16, format: 'dicom' });
    expect(renderDicom(picture).warnings.join()).toContain('names no window');
  });

  const rescale: HandMadeElement[] = [
    [tags.rescaleSlope, 'DS', '0.5'],
    [tags.rescaleIntercept, 'DS', '-100'],
  ];
  const windowed: HandMadeElement[] = [
    [tags.windowCenter, 'DS', '400\\900'],
    [tags.windowWidth, 'DS', '1001\\2001'],
    [tags.windowExplanation, 'LO', 'SOFT\\WIDE'],
  ];

  it('the window is applied to rescaled values', async () => {
    const picture = await decode([...rescale, ...windowed]);
    expect([...picture.values]).toEqual([-100, 400, 900, 1947.5]);
    expect(levels(picture)).toEqual(shares(0.0005, 0.5005, 1, 1));
    expect(renderDicom(picture).warnings).toEqual(['Grey levels follow a window of the file.']);
  });

  it('every window of the file can be listed and chosen, or another one, or none', async () => {
    const picture = await decode([...rescale, ...windowed, [tags.windowFunction, 'CS', 'LINEAR_EXACT']]);
    expect(picture.windows).toEqual([
      { kind: 'window', center: 400, width: 1001, function: 'LINEAR_EXACT', explanation: 'SOFT' },
      { kind: 'window', center: 900, width: 2001, function: 'LINEAR_EXACT', explanation: 'WIDE' },
    ]);
    expect(levels(picture, { window: 1 })).toEqual(shares(1 / 4002, 1000.5 / 2001 - 500 / 2001, 0.5, 1));
    expect(levels(picture, { window: { center: 900, width: 2000, function: 'SIGMOID' } })[2]).toBe(32_768);
    expect(levels(picture, { window: 'full-range' })).toEqual(shares(0, 500 / 2047.5, 1000 / 2047.5, 1));
    expect(() => renderDicom(picture, { window: 2 })).toThrow('2 windows');
    expect(() => renderDicom(picture, { window: { center: 1, width: 0 } })).toThrow('at least 1');
  });

  it('a modality lookup table comes instead of the rescaling', async () => {
    const table = lut([3, 1000, 16], [7, 5000, 60_000], '');
    const more: HandMadeElement[] = [...rescale, [tags.modalityLut, 'SQ', [table]]];
    const picture = await decode(more, {}, [0, 1000, 1001, 4095]);
    expect([...picture.values]).toEqual([7, 7, 5000, 60_000]);
  });

  it('a lookup table for grey is offered before the windows and applied to rescaled values', async () => {
    const tables = [lut([4, 0, 8], [255, 200, 100, 0], 'FALLING'), lut([2, 300, 16], [0, 65_535], 'STEP')];
    const picture = await decode(
      [...windowed, [tags.rescaleIntercept, 'DS', '1'], [tags.voiLut, 'SQ', tables]],
      {},
      [0, 1, 299, 300],
    );
    expect(picture.windows.map(({ kind, explanation }) => `${kind} ${explanation}`)).toEqual([
      'table FALLING',
      'table STEP',
      'window SOFT',
      'window WIDE',
    ]);
    expect(levels(picture)).toEqual(shares(200 / 255, 100 / 255, 0, 0));
    expect(levels(picture, { window: 1 })).toEqual(shares(0, 0, 0, 1));
    expect(renderDicom(picture).warnings).toEqual(['Grey levels follow a lookup table of the file.']);
  });

  it('a lookup table that names too few bits for its entries is not shown white', async () => {
    const tables = [lut([3, 0, 8], [0, 2048, 4095], 'TWELVE')];
    const picture = await decode([[tags.voiLut, 'SQ', tables]], {}, [0, 1, 2]);
    expect(levels(picture)).toEqual(shares(0, 2048 / 4095, 1));
  });

  it('a lookup table begins below zero where values are signed', async () => {
    const tables = [lut([3, -1, 8], [0, 51, 255], '')];
    const picture = await decode([[tags.voiLut, 'SQ', tables]], { isSigned: true }, [-5, -1, 0, 1]);
    expect(levels(picture)).toEqual(shares(0, 0, 0.2, 1));
    const rescaled = await decode(
      [
        [tags.voiLut, 'SQ', tables],
        [tags.rescaleIntercept, 'DS', '-5'],
      ],
      {},
      [0, 4, 5, 6],
    );
    expect(levels(rescaled)).toEqual(shares(0, 0, 0.2, 1));
  });

  it('windows and tables that make no sense are left out and told of', async () => {
    const more: HandMadeElement[] = [
      [tags.windowCenter, 'DS', '10\\20\\x\\30'],
      [tags.windowWidth, 'DS', '0\\40\\5'],
      [tags.voiLut, 'SQ', [lut([9, 0, 8], [1, 2], '')]],
      [tags.rescaleSlope, 'DS', '0'],
    ];
    const picture = await decode(more);
    expect(picture.windows).toMatchObject([{ center: 20, width: 40 }]);
    expect(picture.warnings.join(' ')).toContain('width 0');
    expect(picture.warnings.join(' ')).toContain('no number for its center');
    expect(picture.warnings.join(' ')).toContain('table for grey in the file is cut off');
    expect(picture.warnings.join(' ')).toContain('rescale slope');
  });

  it('frames of an enhanced file have their own window and rescaling', async () => {
    const frameItem = (intercept: string, center: string): HandMadeElement[] => [
      [tags.pixelValueTransformation, 'SQ', [[[tags.rescaleIntercept, 'DS', intercept]]]],
      [
        tags.frameVoiLut,
        'SQ',
        [
          [
            [tags.windowCenter, 'DS', center],
            [tags.windowWidth, 'DS', '100'],
          ],
        ],
      ],
    ];
    const elements: HandMadeElement[] = [
      ...layoutElements({ columns: 2, rows: 1, frames: 2 }),
      [tags.perFrameFunctionalGroups, 'SQ', [frameItem('5', '50'), frameItem('-5', '60')]],
    ];
    const file = writeHandMadeDicom({ elements, pixels: wordBytes([1, 2, 3, 4]) });
    expect(await decodeDicom(file, 'x')).toMatchObject({ values: Float32Array.of(6, 7), windows: [{ center: 50 }] });
    const second = await decodeDicom(file, 'x', { frame: 1 });
    expect(second).toMatchObject({ values: Float32Array.of(-2, -1), windows: [{ center: 60 }] });
  });
});

describe('polarity', () => {
  it('MONOCHROME1 turns the picture last: behind rescaling and window', async () => {
    const more: HandMadeElement[] = [
      [tags.rescaleSlope, 'DS', '-1'],
      [tags.windowCenter, 'DS', '-1000'],
      [tags.windowWidth, 'DS', '2001'],
    ];
    const positive = await decode(more);
    const negative = await decode(more, { photometric: 'MONOCHROME1' });
    expect([...negative.values]).toEqual([...positive.values]);
    expect(levels(negative)).toEqual(levels(positive).map((level) => 65_535 - level));
  });

  it('a film stored as MONOCHROME1 shows its lungs dark and its bones bright', async () => {
    // Stored low where the film is bright: bone 300, lung 3500.
    const [bone = 0, lung = 0] = levels(await decode([], { photometric: 'MONOCHROME1' }, [300, 3500, 0, 4095]));
    expect(bone).toBeGreaterThan(60_000);
    expect(lung).toBeLessThan(10_000);
  });

  it('inverting on demand turns once, from whichever side', async () => {
    for (const photometric of ['MONOCHROME1', 'MONOCHROME2']) {
      const picture = await decode([], { photometric });
      const turned = levels(picture, { invert: true });
      expect(turned).toEqual(levels(picture).map((level) => 65_535 - level));
      expect(levels(picture, { invert: false })).toEqual(levels(picture));
    }
  });

  it('color is inverted on demand alone', async () => {
    const layout = { columns: 2, rows: 1, bitsAllocated: 8, samplesPerPixel: 3, photometric: 'RGB' };
    const pixels = Uint8Array.of(0, 10, 255, 1, 2, 3);
    const picture = await decodeDicom(writeHandMadeDicom({ elements: layoutElements(layout), pixels }), 'x');
    expect(renderDicom(picture)).toMatchObject({ channels: 3, depth: 8, samples: pixels });
    expect([...renderDicom(picture, { invert: true }).samples]).toEqual([255, 245, 0, 254, 253, 252]);
  });
});

describe('padding', () => {
  it('is left out of the range and drawn black on both sides', async () => {
    const more: HandMadeElement[] = [[tags.pixelPadding, 'US', [4095]]];
    for (const photometric of ['MONOCHROME1', 'MONOCHROME2']) {
      const picture = await decode(more, { photometric }, [4095, 100, 300, 200]);
      expect(picture.range).toEqual([100, 300]);
      expect([...picture.values]).toEqual([NaN, 100, 300, 200]);
      expect(levels(picture)).toEqual(photometric === 'MONOCHROME1' ? [0, 65_535, 0, 32_767] : [0, 0, 65_535, 32_768]);
    }
  });

  it('may be a range, whichever end comes first, and negative', async () => {
    const range = (value: number, limit: number): HandMadeElement[] => [
      [tags.pixelPadding, 'SS', [value]],
      [tags.pixelPaddingLimit, 'SS', [limit]],
    ];
    for (const more of [range(-2000, -1000), range(-1000, -2000)]) {
      const picture = await decode(
        [...more, [tags.rescaleSlope, 'DS', '2']],
        { isSigned: true, bitsStored: 16 },
        [-2001, -2000, -1500, -1000, -999],
      );
      expect([...picture.values]).toEqual([-4002, NaN, NaN, NaN, -1998]);
    }
  });

  it('may fill everything', async () => {
    const picture = await decode([[tags.pixelPadding, 'US', [7]]], {}, [7, 7]);
    expect(picture.range).toEqual([0, 0]);
    expect(levels(picture)).toEqual([0, 0]);
  });
});

it('tells of frames, raw values, overlays and shutters', async () => {
  const more: HandMadeElement[] = [
    [tags.presentationIntent, 'CS', 'FOR PROCESSING'],
    [tags.overlay, 'OW', [1]],
    [tags.shutterShape, 'CS', 'CIRCULAR'],
  ];
  const { warnings } = await decode(more);
  expect(warnings).toHaveLength(3);
  for (const word of ['FOR PROCESSING', 'overlay', 'shutter']) expect(warnings.join(' ')).toContain(word);
});
