import { describe, expect, it } from 'vitest';
import { decodeMade, failToDecode } from './decode-made.ts';
import { uids, writeHandMadePicture } from './hand-made-dicom.ts';
import type { HandMadePicture } from './hand-made-dicom.ts';
import { writeLosslessJpeg } from './jpeg/hand-made-jpeg.ts';

const size = { columns: 4, rows: 2 };
const words = [0, 1, 255, 256, 2047, 2048, 4095, 65_535];

describe('compressed grey', () => {
  const pixels = Array.from({ length: 2 }, (_, y) => Array.from({ length: 4 }, (__, x) => [words[y * 4 + x] ?? 0]));
  const stream = writeLosslessJpeg({ pixels, precision: 16 }, 1);
  const syntax = uids.jpegLossless;

  it('lossless JPEG, unsigned and signed', async () => {
    const plan = { layout: size, pixels: { fragments: [stream] }, syntax };
    expect(await decodeMade(plan)).toEqual(words);
    const signed = await decodeMade({ ...plan, layout: { ...size, isSigned: true } });
    expect(signed).toEqual([0, 1, 255, 256, 2047, 2048, 4095, -1]);
  });

  const even = stream.subarray(0, 100);
  const tail = stream.subarray(100);
  const frames = { ...size, frames: 2 };
  const second = writeLosslessJpeg({ pixels: pixels.toReversed(), precision: 16 }, 1);

  it.each([
    ['one frame in two fragments', { ...size }, { fragments: [even, tail] }, 0],
    ['a fragment for each frame', frames, { fragments: [stream, second] }, 1],
    [
      'three fragments, told apart by the offset table',
      frames,
      { fragments: [even, tail, second], offsets: [0, 116 + tail.length + (tail.length % 2)] },
      1,
    ],
    ['three fragments, told apart by how streams begin', frames, { fragments: [even, tail, second] }, 1],
  ])('%s', async (...[, layout, fragments, frame]) => {
    const expected = frame === 0 ? words : [...words.slice(4), ...words.slice(0, 4)];
    expect(await decodeMade({ layout, pixels: fragments, syntax }, { frame })).toEqual(expected);
  });

  it('refuses frames that cannot be told apart or are missing', async () => {
    const layout = { ...size, frames: 4 };
    const bytes = writeHandMadePicture({ layout, pixels: { fragments: [even, tail, second] }, syntax });
    expect(await failToDecode(bytes)).toMatchObject({ code: 'picture/unreadable' });
    const whole = writeHandMadePicture({ layout: size, pixels: { fragments: [stream] }, syntax });
    expect(await failToDecode(whole.subarray(0, whole.length - 60))).toMatchObject({ code: 'picture/unreadable' });
    expect(await failToDecode(writeHandMadePicture({ layout: size, pixels: { fragments: [] }, syntax }))).toMatchObject(
      {
        code: 'picture/unreadable',
      },
    );
  });

  it('refuses a stream of another size than the header says', async () => {
    const layout = { columns: 5, rows: 2 };
    const failure = await failToDecode(writeHandMadePicture({ layout, pixels: { fragments: [stream] }, syntax }));
    expect(failure).toMatchObject({ code: 'picture/unreadable' });
    expect(String(failure)).toContain('4 x 2 pixels, 1 x 16 bits, its header says 5 x 2 pixels');
  });

  it('refuses an RLE frame that ends early or claims too many segments', async () => {
    const header = Buffer.alloc(64);
    header.writeUInt32LE(2, 0);
    header.writeUInt32LE(64, 4);
    header.writeUInt32LE(66, 8);
    const rle = (...data: number[]): HandMadePicture => ({
      layout: size,
      pixels: { fragments: [Buffer.concat([header, Buffer.from(data)])] },
      syntax: uids.rle,
    });
    expect(await decodeMade(rle(0xf9, 1, 0xf9, 2))).toEqual(Array(8).fill(0x0102));
    expect(await failToDecode(writeHandMadePicture(rle(0xf9, 1, 0xfa, 2)))).toMatchObject({
      code: 'picture/unreadable',
    });
    header.writeUInt32LE(3, 0);
    expect(String(await failToDecode(writeHandMadePicture(rle(0xf9, 1, 0xf9, 2))))).toContain(
      '3 segments instead of 2',
    );
  });
});
