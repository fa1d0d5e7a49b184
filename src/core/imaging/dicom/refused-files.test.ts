import { describe, expect, it } from 'vitest';
import { failToDecode } from './decode-made.ts';
import { uids, wordBytes, writeHandMadePicture } from './hand-made-dicom.ts';
import { tags } from './tags.ts';

const size = { columns: 4, rows: 2 };
const words = [0, 1, 255, 256, 2047, 2048, 4095, 65_535];

describe('what is refused', () => {
  const pixels = wordBytes(words);
  const unsupported = 'picture/unsupported';
  const unreadable = 'picture/unreadable';
  it.each([
    [
      'an unknown transfer syntax',
      { layout: size, pixels, syntax: '1.2.840.10008.1.2.4.100' },
      unsupported,
      '1.2.840.10008.1.2.4.100',
    ],
    ['32 bits', { layout: { ...size, bitsAllocated: 32 }, pixels }, unsupported, '32 bits'],
    ['two samples per pixel', { layout: { ...size, samplesPerPixel: 2 }, pixels }, unsupported, '2 samples'],
    [
      'a photometric interpretation of its own',
      { layout: { ...size, photometric: 'HSV' }, pixels },
      unsupported,
      'HSV',
    ],
    ['grey in three samples', { layout: { ...size, samplesPerPixel: 3 }, pixels }, unreadable, 'MONOCHROME2 with 3'],
    ['more bits than there are', { layout: { ...size, bitsStored: 17 }, pixels }, unreadable, '17 of 16 bits'],
    ['no size', { layout: { columns: 0, rows: 2 }, pixels }, unreadable, 'rows and columns'],
    ['no pixels', { layout: size }, unsupported, 'holds no picture'],
    ['a palette that is absent', { layout: { ...size, photometric: 'PALETTE COLOR' }, pixels }, unsupported, 'palette'],
    ['pixels that are cut off', { layout: { ...size, rows: 3 }, pixels }, unreadable, 'need 24 bytes and 16 are there'],
    ['too many pixels', { layout: { columns: 60_000, rows: 60_000 }, pixels }, unsupported, 'megapixels'],
    [
      'fragments under an uncompressed syntax',
      { layout: size, pixels: { fragments: [pixels] } },
      unreadable,
      'compressed pieces',
    ],
    [
      'one piece under a compressed syntax',
      { layout: size, pixels, syntax: uids.jpeg2000 },
      unreadable,
      'uncompressed piece',
    ],
    [
      'no JPEG under a JPEG syntax',
      { layout: size, pixels: { fragments: [pixels] }, syntax: uids.jpegBaseline },
      unreadable,
      'JPEG',
    ],
  ] as const)('%s', async (...[, plan, code, reason]) => {
    const failure = await failToDecode(writeHandMadePicture(plan));
    expect(failure).toMatchObject({ code });
    expect(String(failure)).toContain(reason);
    expect(String(failure)).toContain('made.dcm');
  });

  it('floating-point pixels', async () => {
    const more = [[tags.floatPixels, 'OF', new Uint8Array(32)] as const];
    expect(String(await failToDecode(writeHandMadePicture({ layout: size, more })))).toContain('floating-point');
  });

  it('what is not DICOM', async () => {
    expect(await failToDecode(Buffer.from('not a picture'))).toMatchObject({ code: unsupported });
    expect(await failToDecode(Buffer.concat([Buffer.alloc(128), Buffer.from('DICM')]))).toMatchObject({
      code: unreadable,
    });
  });
});
