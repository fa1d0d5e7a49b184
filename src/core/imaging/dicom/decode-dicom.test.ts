import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { LightboxError } from '#shared/errors.ts';
import { decodePicture } from '../decode-picture.ts';
import { decodeDicom } from './decode-dicom.ts';
import type { DicomPicture, GreyDicomPicture } from './dicom-picture.ts';
import { renderDicom } from './render-dicom.ts';

const folder = fileURLToPath(new URL('../../../../../shared/data/dicom/', import.meta.url));
const readSample = (name: string): Buffer => readFileSync(`${folder}${name}`);

/** What becomes of each file: its form and a word of its warnings, or the failure and a word of its sentence. */
const outcomes: Readonly<Record<string, string>> = {
  'CT_small.dcm': 'grey 128 x 128',
  'JPEG-lossy.dcm': 'grey 256 x 1024',
  'JPGExtended.dcm': 'grey 256 x 1024',
  'MR_small.dcm': 'grey 64 x 64',
  'MR_small_RLE.dcm': 'grey 64 x 64',
  'MR_small_bigendian.dcm': 'grey 64 x 64',
  'MR_small_jp2klossless.dcm': 'grey 64 x 64',
  'MR_small_jpeg_ls_lossless.dcm': 'grey 64 x 64',
  'MR_truncated.dcm':
    'picture/unreadable: MR_truncated.dcm is cut off: its pixels need 8192 bytes and 8130 are there; copy it again.',
  'SC_rgb_jpeg_dcmtk.dcm': 'color 100 x 100',
  'badVR.dcm': 'picture/unsupported: badVR.dcm stores samples in 32 bits; only 8 and 16 are read.',
  'chest_monochrome1.dcm': 'grey 1024 x 1024',
  'chest_rsna.dcm': 'grey 1024 x 1024',
  'examples_palette.dcm': 'color 800 x 350',
  'no_meta.dcm':
    'grey 128 x 128 The file does not say how it is written (no DICOM meta header); it was read as explicit little endian.',
  'rtplan.dcm': 'picture/unsupported: rtplan.dcm holds no picture (its modality is RTPLAN).',
};

async function outcomeOf(name: string): Promise<string> {
  try {
    const { kind, width, height, warnings } = await decodeDicom(readSample(name), name);
    return [`${kind} ${width} x ${height}`, ...warnings].join(' ');
  } catch (error) {
    return error instanceof LightboxError ? `${error.code}: ${error.message}` : String(error);
  }
}

const greyOf = async (name: string): Promise<GreyDicomPicture> => {
  const picture = await decodeDicom(readSample(name), name);
  if (picture.kind !== 'grey') throw new Error(`${name} is not grey`);
  return picture;
};

const digest = (samples: ArrayBufferView): string =>
  createHash('sha256')
    .update(new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength))
    .digest('hex')
    .slice(0, 16);

const samplesOf = (picture: DicomPicture): Float32Array | Uint8Array =>
  picture.kind === 'grey' ? picture.values : picture.samples;

const isAbsent = !existsSync(folder);

describe.skipIf(isAbsent)('sample files (skipped where ../shared/data/dicom is absent)', () => {
  it('are all in the table', () => {
    expect(readdirSync(folder).filter((name) => name.endsWith('.dcm'))).toEqual(Object.keys(outcomes).sort());
  });

  it.each(Object.entries(outcomes))('%s: %s', async (name, outcome) => {
    expect(await outcomeOf(name)).toBe(outcome);
  });

  it.each(['RLE', 'bigendian', 'jp2klossless', 'jpeg_ls_lossless'])(
    'the MR slice as %s is the plain one, bit for bit',
    async (form) => {
      const [plain, packed] = await Promise.all([greyOf('MR_small.dcm'), greyOf(`MR_small_${form}.dcm`)]);
      expect(packed.values).toEqual(plain.values);
      expect(packed.windows).toEqual(plain.windows);
      expect(renderDicom(packed).samples).toEqual(renderDicom(plain).samples);
    },
  );

  // Digests of what pydicom 3.0.2 gives: values after the modality transform as float32, or RGB bytes.
  it.each([
    ['CT_small.dcm', '8d1b7d538208e0d4'],
    ['MR_small.dcm', 'c91e056c22d227f6'],
    ['examples_palette.dcm', '322156a65198e9be'],
    ['SC_rgb_jpeg_dcmtk.dcm', 'ddb100d8f45a7fbf'],
  ])('%s gives the values of the reference implementation', async (name, expected) => {
    expect(digest(samplesOf(await decodeDicom(readSample(name), name)))).toBe(expected);
  });

  it('without its meta header the CT slice is the same', async () => {
    expect((await greyOf('no_meta.dcm')).values).toEqual((await greyOf('CT_small.dcm')).values);
  });

  it('JPEG of 12 bits is the reference implementation to one level', async () => {
    const { values } = await greyOf('JPGExtended.dcm');
    // pylibjpeg-libjpeg 2.5.0, every 4001st pixel.
    const expected = [
      1, 1, 1, 1, 1, 1, 1, 19, 1, 28, 1, 1, 68, 4, 63, 91, 4, 39, 41, 4, 53, 0, 15, 31, 22, 68, 29, 1, 38, 19, 19, 44,
      1, 20, 23, 1, 20, 20, 1, 1, 1, 1, 13, 1, 29, 26, 1, 7, 1, 1, 0, 1, 1, 38, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
    ];
    const found = expected.map((_, at) => values[at * 4001] ?? NaN);
    found.forEach((value, at) => {
      expect(Math.abs(value - (expected[at] ?? NaN))).toBeLessThanOrEqual(1);
    });
    expect((await greyOf('JPEG-lossy.dcm')).values).toEqual(values);
  });

  it('MONOCHROME1 shows the negative of the same pixels under MONOCHROME2', async () => {
    const [negative, positive] = [await greyOf('chest_monochrome1.dcm'), await greyOf('chest_rsna.dcm')];
    // The two files differ in this one letter of the header.
    expect(negative.values).toEqual(positive.values);
    expect(renderDicom(negative).samples).toEqual(renderDicom(positive).samples.map((sample) => 65_535 - sample));
  });

  it('a film under MONOCHROME2 shows lungs dark and the spine bright', async () => {
    const { samples, width } = await decodePicture(`${folder}chest_rsna.dcm`);
    const at = (x: number, y: number): number => samples[y * width + x] ?? NaN;
    const [lung, spine] = [at(320, 420), at(540, 700)];
    expect(lung).toBeLessThan(30_000);
    expect(spine).toBeGreaterThan(50_000);
  });

  it('the first frame of a film is what decodePicture gives', async () => {
    const picture = await decodePicture(`${folder}chest_rsna.dcm`);
    expect(picture).toMatchObject({ width: 1024, height: 1024, channels: 1, depth: 16, format: 'dicom' });
    expect(picture.sha256).toBe(createHash('sha256').update(readSample('chest_rsna.dcm')).digest('hex'));
    const palette = await decodePicture(`${folder}examples_palette.dcm`);
    expect(palette).toMatchObject({ width: 800, height: 350, channels: 3, depth: 8, format: 'dicom', warnings: [] });
  });
});
