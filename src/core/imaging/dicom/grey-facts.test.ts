import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { decodeValues } from '../picture-values.ts';
import { findGreyFacts } from './grey-facts.ts';
import { wordBytes, writeHandMadePicture, type HandMadeElement, type HandMadeLayout } from './hand-made-dicom.ts';
import { tags } from './tags.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'lightbox-grey-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function save(more: readonly HandMadeElement[], layout: Partial<HandMadeLayout> = {}): string {
  const file = path.join(folder, 'made.dcm');
  const pixels = wordBytes([0, 1, 2, 3]);
  writeFileSync(
    file,
    writeHandMadePicture({ layout: { columns: 2, rows: 2, bitsStored: 12, ...layout }, pixels, more }),
  );
  return file;
}

const facts = (more: readonly HandMadeElement[], layout?: Partial<HandMadeLayout>): ReturnType<typeof findGreyFacts> =>
  findGreyFacts(save(more, layout), 'made.dcm');

it('tells windows with the words of the file, polarity, rescaling and unit', async () => {
  const told = await facts(
    [
      [tags.modality, 'CS', 'CT'],
      [tags.windowCenter, 'DS', '40\\-600'],
      [tags.windowWidth, 'DS', '400\\1500'],
      [tags.windowExplanation, 'LO', 'SOFT\\LUNG'],
      [tags.rescaleSlope, 'DS', '2'],
      [tags.rescaleIntercept, 'DS', '-1024'],
    ],
    { photometric: 'MONOCHROME1' },
  );
  expect(told).toMatchObject({
    ...{ isInverted: true, modality: 'CT', unit: 'HU', bitsStored: 12, rescale: { slope: 2, intercept: -1024 } },
    windows: [
      { kind: 'window', center: 40, width: 400, function: 'LINEAR', explanation: 'SOFT' },
      { kind: 'window', center: -600, width: 1500, explanation: 'LUNG' },
    ],
  });
});

it.each([
  ['the unit it names', [[tags.rescaleType, 'LO', 'OD']] as const, 'OD'],
  [
    'none where it says unspecified',
    [
      [tags.rescaleType, 'LO', 'US'],
      [tags.modality, 'CS', 'CT'],
    ] as const,
    undefined,
  ],
  ['none where it is silent', [[tags.modality, 'CS', 'CR']] as const, undefined],
])('has %s', async (_, more, unit) => {
  expect((await facts(more))?.unit).toBe(unit);
});

it('has no line where a table does the rescaling, and lists grey tables before windows', async () => {
  const table: readonly HandMadeElement[] = [
    [tags.lutDescriptor, 'US', [4, 0, 8]],
    [tags.lutExplanation, 'LO', 'FILM'],
    [tags.lutTable, 'US', [0, 10, 200, 255]],
  ];
  const told = await facts([
    [tags.modalityLut, 'SQ', [table]],
    [tags.voiLut, 'SQ', [table]],
    [tags.windowCenter, 'DS', '40'],
    [tags.windowWidth, 'DS', '400'],
  ]);
  expect(told?.rescale).toBeUndefined();
  expect(told?.windows.map(({ kind, explanation }) => [kind, explanation])).toEqual([
    ['table', 'FILM'],
    ['window', undefined],
  ]);
});

it('is silent on pictures that are no grey DICOM', async () => {
  const png = path.join(folder, 'text.png');
  writeFileSync(png, 'no picture');
  expect(await findGreyFacts(png, 'text.png')).toBeUndefined();
  await expect(findGreyFacts(path.join(folder, 'absent.dcm'), 'absent.dcm')).rejects.toMatchObject({
    code: 'picture/not-found',
  });
});

it('hands out values after the modality transform and before any window', async () => {
  const file = save([
    [tags.rescaleSlope, 'DS', '0.5'],
    [tags.rescaleIntercept, 'DS', '-10'],
    [tags.windowCenter, 'DS', '1'],
    [tags.windowWidth, 'DS', '1'],
    [tags.pixelPadding, 'US', [3]],
  ]);
  expect(await decodeValues(file)).toEqual({
    width: 2,
    height: 2,
    channels: 1,
    values: Float32Array.of(-10, -9.5, -9, NaN),
  });
});
