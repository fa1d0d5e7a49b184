import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { DicomHeaderReader } from '../dicom-header.ts';
import { readAll, readTree, tinyDicom, tinyPng } from '../test-trees.ts';

const readDicomHeader: DicomHeaderReader = (path) => {
  if (/^(broken|cut)/.test(basename(path))) return Promise.reject(new Error('bad value representation.'));
  const header = {
    patientId: ' P1 ',
    hasPixels: !basename(path).startsWith('plan'),
    ...{ sex: 'F', age: 45, viewPosition: 'AP', isLossy: false, manufacturer: ' ', frames: undefined },
    pixelSpacing: [0.2, 0.1],
    rows: Number.NaN,
  };
  return Promise.resolve(header);
};

describe('a DICOM tree', () => {
  it('is found by content and read with the header reader that is handed in', async () => {
    const { reading, samples, problems } = await readTree(
      {
        'P1/ST1/SE1/IM000001': tinyDicom,
        'P1/ST1/SE1/IM000010': tinyDicom,
        'P1/ST1/SE1/IM000002': tinyDicom,
        'P1/ST1/SE1/notes': 'no picture at all',
        'P1/ST1/SE1/plan.dcm': tinyDicom,
        'P2/1.2.840.113': tinyDicom,
        'P2/broken.dcm': tinyDicom,
        'P2/bare.dcm': 'without preamble',
        'P2/cut.dcm': 'DICM',
        'P2/preview.png': tinyPng,
        DICOMDIR: tinyDicom,
      },
      { readDicomHeader },
    );
    expect(reading).toMatchObject({ layout: 'dicom', classes: [], splits: [], standingWarnings: [] });
    expect(samples.map(({ path }) => path)).toEqual([
      'P1/ST1/SE1/IM000001',
      'P1/ST1/SE1/IM000002',
      'P1/ST1/SE1/IM000010',
      'P2/1.2.840.113',
      'P2/bare.dcm',
    ]);
    expect(samples[0]).toEqual({
      path: 'P1/ST1/SE1/IM000001',
      patient: 'P1',
      masks: [],
      metadata: { sex: 'F', age: 45, view: 'AP', isLossy: 'no', pixelSpacing: String.raw`0.2\0.1` },
    });
    expect(problems.map(({ sentence }) => sentence)).toEqual([
      '"P1/ST1/SE1/plan.dcm" is a DICOM file without a picture; it is left out.',
      '"P2/broken.dcm" cannot be read (bad value representation); it is left out.',
      '"P2/cut.dcm" cannot be read (bad value representation); it is left out.',
    ]);
  });

  it('without a reader gives paths and says what is missing', async () => {
    const { reading, samples, problems } = await readTree({ 'x/a.dcm': tinyDicom, 'x/b.dcm': 'DICM' });
    expect(samples).toEqual([{ path: 'x/a.dcm', masks: [], metadata: {} }]);
    expect(problems.map(({ sentence }) => sentence)).toEqual([
      '"x/b.dcm" is no DICOM file: "DICM" does not stand at byte 128; it is left out.',
    ]);
    expect(reading.standingWarnings).toEqual(['Headers were not read: patients and metadata are unknown.']);
  });
});

describe('labels of a DICOM tree', () => {
  it.each([
    ['a name of a class', ['Normal/1.dcm', 'Kaposi/1.dcm'], ['Kaposi', 'Normal']],
    ['classes in splits', ['train/COVID-19/1.dcm', 'train/other/1.dcm', 'test/other/1.dcm'], ['COVID-19', 'other']],
    ['the same folders in every split', ['train/x/1.dcm', 'train/y/1.dcm', 'test/x/1.dcm', 'test/y/1.dcm'], ['x', 'y']],
    ['patients', ['Meier_Anna/1.dcm', 'Massey_Karl/1.dcm'], []],
    ['patients that differ between splits', ['train/x/1.dcm', 'train/y/1.dcm', 'test/z/1.dcm'], []],
    ['classes with folders below', ['Normal/P1/1.dcm', 'Pneumonia/P2/1.dcm'], []],
    ['one folder', ['Normal/1.dcm'], []],
  ])('%s', async (_, paths, classes) => {
    const { reading, samples } = await readTree(paths);
    expect(reading.layout).toBe('dicom');
    expect(reading.classes).toEqual(classes);
    expect(samples).toHaveLength(paths.length);
    for (const { path, label } of samples) expect(label).toBe(classes.length > 0 ? path.split('/').at(-2) : undefined);
  });
});

const dicom = join(import.meta.dirname, '..', '..', '..', '..', '..', 'shared', 'data', 'dicom');

it.skipIf(!existsSync(dicom))(
  'the DICOM files beside the project (../shared/data/dicom; skipped where absent)',
  async () => {
    const { reading, samples, problems } = await readAll(dicom);
    expect(reading.layout).toBe('dicom');
    expect(samples.length).toBeGreaterThan(10);
    expect(problems).toMatchObject([{ kind: 'unreadable-file', path: 'no_meta.dcm' }]);
  },
);
