import dcmjs from 'dcmjs';
import dicomParser from 'dicom-parser';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deriveUid, type SegmentationPlan } from './segmentation-dataset.ts';
import { writeSegmentation } from './write-segmentation.ts';

const source = {
  ...{ sopClassUid: '1.2.840.10008.5.1.4.1.1.1.1', sopInstanceUid: '1.2.3.4' },
  ...{ seriesInstanceUid: '1.2.3', studyInstanceUid: '1.2' },
};

const planOf = (columns: number, masks: readonly number[][]): SegmentationPlan => ({
  ...{
    columns,
    rows: (masks[0]?.length ?? 0) / columns,
    source,
    created: new Date('2026-11-27T10:00:00Z'),
    version: '1',
  },
  segments: masks.map((mask, at) => ({ kind: 'marker', label: `marker ${at + 1}`, mask: Uint8Array.from(mask) })),
});

/** The plain way: bit after bit. */
const unpack = (bytes: Uint8Array, count: number): number[] =>
  Array.from({ length: count }, (_, bit) => ((bytes[Math.floor(bit / 8)] ?? 0) >> (bit % 8)) & 1);

describe('a segmentation', () => {
  it('is read back by dicom-parser with every pixel where it was', async () => {
    const size = fc.tuple(fc.integer({ min: 1, max: 13 }), fc.integer({ min: 1, max: 9 }));
    const plans = size.chain(([columns, rows]) => {
      const mask = fc.array(fc.integer({ min: 0, max: 1 }), { minLength: columns * rows, maxLength: columns * rows });
      return fc.tuple(fc.constant(columns), fc.array(mask, { minLength: 1, maxLength: 4 }));
    });
    await fc.assert(
      fc.asyncProperty(plans, async ([columns, masks]) => {
        const file = await writeSegmentation(planOf(columns, masks));
        const read = dicomParser.parseDicom(file);
        const element = read.elements['x7fe00010'];
        const pixels = file.subarray(element?.dataOffset, (element?.dataOffset ?? 0) + (element?.length ?? 0));
        expect(unpack(pixels, masks.flat().length)).toEqual(masks.flat());
        expect(element?.length).toSatisfy((length: number) => length % 2 === 0);
      }),
      { numRuns: 30, seed: 8 },
    );
  });

  it('is read back by dcmjs with its segments, references and no patient', async () => {
    const file = await writeSegmentation(planOf(3, [[1, 0, 0, 0, 1, 1], [0, 0, 0, 1, 1, 1]])); // prettier-ignore
    const bytes = Uint8Array.from(file).buffer;
    const { dict } = dcmjs.data.DicomMessage.readFile(bytes);
    const read = dcmjs.data.DicomMetaDictionary.naturalizeDataset(dict);
    expect(read).toMatchObject({
      ...{
        Modality: 'SEG',
        Rows: 2,
        Columns: 3,
        NumberOfFrames: 2,
        SegmentationType: 'BINARY',
        PatientIdentityRemoved: 'YES',
      },
      ...{ StudyInstanceUID: '1.2', SOPClassUID: '1.2.840.10008.5.1.4.1.1.66.4' },
    });
    const text = file.toString('latin1');
    expect(text.slice(128, 132)).toBe('DICM');
    const parsed = dicomParser.parseDicom(file);
    for (const tag of ['x00100010', 'x00100020', 'x00100030', 'x00100040'])
      expect(parsed.elements[tag]?.length).toBe(0);
    const frames = parsed.elements['x52009230']?.items ?? [];
    expect(frames.map((item) => item.dataSet?.elements['x0062000a']?.items?.[0]?.dataSet?.uint16('x0062000b'))).toEqual(
      [1, 2],
    );
    const series = parsed.elements['x00081115']?.items?.[0]?.dataSet;
    expect(series?.string('x0020000e')).toBe('1.2.3');
  });

  it('derives identifiers that the standard allows', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(deriveUid(text)).toMatch(/^2\.25\.(0|[1-9]\d*)$/);
        expect(deriveUid(text).length).toBeLessThanOrEqual(64);
      }),
    );
    expect(deriveUid('a')).toBe(deriveUid('a'));
    expect(deriveUid('a')).not.toBe(deriveUid('b'));
  });
});
