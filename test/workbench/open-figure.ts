import { deflateSync, inflateSync } from 'node:zlib';
import sharp from 'sharp';

/** One pixel of a PNG another way, all that stands in its text chunks kept. */
export async function alterPngPixel(png: Buffer): Promise<Buffer> {
  const { data, info } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const at = Math.floor(data.length / 2);
  data[at] = (data[at] ?? 0) ^ 0x40;
  const raw = { width: info.width, height: info.height, channels: 3 } as const;
  const altered = await sharp(data, { raw }).png().toBuffer();
  // The chunks behind the header of the one, the rest of the other.
  const texts = png.subarray(33, png.indexOf('IDAT') - 4);
  return Buffer.concat([altered.subarray(0, 33), texts, altered.subarray(33)]);
}

/** One byte of the first stream of a PDF that is as asked for another way; what counts bytes of the file is left as it is. */
export function alterPdfStream(pdf: Buffer, head: string): Buffer {
  const at = pdf.indexOf(head);
  const start = pdf.indexOf('stream\n', at) + 'stream\n'.length;
  const before = pdf.toString('latin1', pdf.lastIndexOf(' obj', start), start);
  const length = Number(/\/Length (\d+)/.exec(before)?.[1]);
  const content = inflateSync(pdf.subarray(start, start + length));
  content[0] = (content[0] ?? 0) ^ 0x40;
  const packed = deflateSync(content);
  const from = pdf.lastIndexOf(`/Length ${length}`, start);
  return Buffer.concat([
    ...[
      pdf.subarray(0, from),
      Buffer.from(`/Length ${packed.length}`),
      pdf.subarray(from + `/Length ${length}`.length, start),
    ],
    ...[packed, pdf.subarray(start + length)],
  ]);
}
