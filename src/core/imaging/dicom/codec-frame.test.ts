import { describe, expect, it, vi } from 'vitest';
import { patternBytes } from '../hand-made-pictures.ts';
import { decodeDicom } from './decode-dicom.ts';
import { writeHighThroughput, writeJpeg2000, writeJpegLs } from './hand-made-codestreams.ts';
import { layoutElements, uids, wordBytes, writeHandMadeDicom } from './hand-made-dicom.ts';
import type { HandMadeLayout } from './hand-made-dicom.ts';
import { runCodec } from './run-codec.ts';

const [width, height] = [64, 40];
const grey = { width, height, components: 1, precision: 16, bytes: patternBytes(width * height * 2) };
const bytes = { width, height, components: 1, precision: 8, bytes: patternBytes(width * height) };
const color = { width, height, components: 3, precision: 8, bytes: patternBytes(width * height * 3) };
const words = [...new Uint16Array(grey.bytes.buffer)];
const signed = [...new Int16Array(grey.bytes.buffer)];
const size = { columns: width, rows: height };
const rgb = { ...size, bitsAllocated: 8, samplesPerPixel: 3, photometric: 'RGB' };

async function samplesOf(layout: HandMadeLayout, stream: Uint8Array, syntax: string): Promise<number[]> {
  const file = writeHandMadeDicom({ elements: layoutElements(layout), pixels: { fragments: [stream] }, syntax });
  const picture = await decodeDicom(file, 'made.dcm');
  return [...(picture.kind === 'grey' ? picture.values : picture.samples)];
}

const encoders = [
  ['JPEG-LS', uids.jpegLs, (pixels: typeof grey) => writeJpegLs(pixels, pixels.components === 1 ? 0 : 2)],
  ['JPEG 2000', uids.jpeg2000, writeJpeg2000],
  ['high-throughput JPEG 2000', uids.htj2k, writeHighThroughput],
] as const;

describe.each(encoders)('%s', (_, syntax, encode) => {
  it('gives back grey of 16 bits, unsigned and signed', async () => {
    const stream = await encode(grey);
    expect(await samplesOf(size, stream, syntax)).toEqual(words);
    expect(await samplesOf({ ...size, isSigned: true }, stream, syntax)).toEqual(signed);
  });

  it('gives back 12 of 16 bits, unsigned and signed', async () => {
    const low = words.map((word) => word & 0xfff);
    const stream = await encode({ ...grey, precision: 12, bytes: wordBytes(low) });
    const layout = { ...size, bitsStored: 12 };
    expect(await samplesOf(layout, stream, syntax)).toEqual(low);
    const extended = low.map((word) => (word > 2047 ? word - 4096 : word));
    expect(await samplesOf({ ...layout, isSigned: true }, stream, syntax)).toEqual(extended);
  });

  it('gives back 8 bits, also where two bytes are said to be taken', async () => {
    const stream = await encode(bytes);
    expect(await samplesOf({ ...size, bitsAllocated: 8 }, stream, syntax)).toEqual([...bytes.bytes]);
    expect(await samplesOf({ ...size, bitsStored: 8 }, stream, syntax)).toEqual([...bytes.bytes]);
  });

  it('gives back color', async () => {
    expect(await samplesOf(rgb, await encode(color), syntax)).toEqual([...color.bytes]);
  });

  it('is refused wherever it is cut off', async () => {
    const stream = await encode(grey);
    for (const share of [0.02, 0.3, 0.9]) {
      const cut = samplesOf(size, stream.subarray(0, Math.trunc(stream.length * share)), syntax);
      await expect(cut).rejects.toMatchObject({ code: 'picture/unreadable' });
    }
    expect(await samplesOf(size, stream, syntax)).toEqual(words);
  });

  it('is refused where it is of another size than the header says', async () => {
    const other = samplesOf({ ...size, rows: height + 1 }, await encode(grey), syntax);
    await expect(other).rejects.toThrow('64 x 40 pixels, 1 x 16 bits, its header says 64 x 41 pixels');
  });
});

describe('JPEG-LS', () => {
  const pixelCount = width * height;
  const planes = color.bytes.map((_, at) => color.bytes[(at % pixelCount) * 3 + Math.trunc(at / pixelCount)] ?? 0);

  it.each([
    ['planes', 0, planes],
    ['lines', 1, color.bytes],
    ['pixels', 2, color.bytes],
  ])('gives back color that lies in %s', async (_, mode, given) => {
    const stream = await writeJpegLs({ ...color, bytes: given }, mode);
    expect(await samplesOf(rgb, stream, uids.jpegLs)).toEqual([...color.bytes]);
  });
});

describe('JPEG 2000', () => {
  it('undoes its own color transform once, whatever the header calls the color', async () => {
    const stream = await writeJpeg2000(color);
    for (const photometric of ['RGB', 'YBR_RCT', 'YBR_ICT', 'YBR_FULL']) {
      expect(await samplesOf({ ...rgb, photometric }, stream, uids.jpeg2000)).toEqual([...color.bytes]);
    }
  });

  it('is read out of a JP2 file', async () => {
    const stream = await writeJpeg2000(grey);
    const box = (name: string, content: Uint8Array): Buffer => {
      const header = Buffer.alloc(8);
      header.writeUInt32BE(content.length + 8, 0);
      header.write(name, 4, 'latin1');
      return Buffer.concat([header, content]);
    };
    const file = Buffer.concat([
      box('jP  ', Buffer.from('0d0a870a', 'hex')),
      box('ftyp', Buffer.alloc(12)),
      box('jp2c', stream),
    ]);
    expect(await samplesOf(size, file, uids.jpeg2000)).toEqual(words);
  });

  it('prints nothing', async () => {
    const written = vi.spyOn(process.stdout, 'write');
    const logged = vi.spyOn(console, 'log');
    try {
      await samplesOf(size, await writeJpeg2000(grey), uids.jpeg2000);
      expect(written).not.toHaveBeenCalled();
      expect(logged).not.toHaveBeenCalled();
    } finally {
      written.mockRestore();
      logged.mockRestore();
    }
  });
});

describe('runCodec', () => {
  it('stops a decoder that does not end, and goes on with another', async () => {
    const stream = await writeHighThroughput(grey);
    const endless = Uint8Array.from(stream);
    // The vertical step of the samples: the decoder never comes to its last line.
    endless[44] = 0x41;
    await expect(runCodec({ codec: 'htj2k', bytes: endless }, 2000)).rejects.toThrow('longer than 2 seconds');
    const { pixels } = await runCodec({ codec: 'htj2k', bytes: stream }, 60_000);
    expect(pixels).toEqual(grey.bytes);
  });

  it('is not left broken by a damaged stream', async () => {
    const stream = await writeJpegLs(grey, 0);
    const broken = Uint8Array.from(stream);
    broken.set([0xff, 0xff, 0xff, 0xff], 4);
    await expect(runCodec({ codec: 'jpeg-ls', bytes: broken }, 60_000)).rejects.toThrow();
    expect((await runCodec({ codec: 'jpeg-ls', bytes: stream }, 60_000)).pixels).toEqual(grey.bytes);
  });

  it('decodes several streams at once', async () => {
    const stream = await writeJpeg2000(grey);
    const requests = Array.from({ length: 3 }, () => runCodec({ codec: 'jpeg-2000', bytes: stream }, 60_000));
    for (const { pixels } of await Promise.all(requests)) expect(pixels).toEqual(grey.bytes);
  });
});
