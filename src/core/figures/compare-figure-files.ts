import { decodePictureBytes } from '#core/imaging/index.ts';
import { readPdfObjects, type PdfObject } from './pdf-objects.ts';
import type { FigureFormat } from './read-figure-record.ts';
import { unescapeXml } from './svg-element.ts';

/** What differs between a saved figure and the same made again, in sentences. */
export async function compareFigureFiles(
  format: FigureFormat,
  saved: Buffer,
  again: Buffer,
): Promise<readonly string[]> {
  if (saved.equals(again)) return [];
  return comparers[format](saved, again);
}

const comparers: Readonly<Record<FigureFormat, (saved: Buffer, again: Buffer) => Promise<readonly string[]>>> = {
  '.png': async (saved, again) => [await comparePictures('The picture', saved, again)].flat(),
  '.svg': compareSvg,
  '.pdf': (saved, again) => Promise.resolve(comparePdf(saved, again)),
};

async function comparePictures(name: string, saved: Buffer, again: Buffer): Promise<readonly string[]> {
  const one = await decodePictureBytes(saved, 'saved.png').catch(() => undefined);
  if (!one) return [`${name} cannot be read.`];
  const other = await decodePictureBytes(again, 'again.png');
  if (one.width !== other.width || one.height !== other.height || one.channels !== other.channels)
    return [`${name} has ${one.width} x ${one.height} pixels, made again ${other.width} x ${other.height}.`];
  let [count, largest, first] = [0, 0, -1];
  for (let pixel = 0; pixel < one.width * one.height; pixel++) {
    let difference = 0;
    for (let at = pixel * one.channels; at < (pixel + 1) * one.channels; at++)
      difference = Math.max(difference, Math.abs((one.samples[at] ?? 0) - (other.samples[at] ?? 0)));
    if (difference === 0) continue;
    count++;
    largest = Math.max(largest, difference);
    if (first < 0) first = pixel;
  }
  if (count === 0) return [];
  const place = `(${first % one.width}, ${Math.floor(first / one.width)})`;
  return [
    `${name}: ${count} of ${one.width * one.height} pixels differ, by up to ${largest} of 255; the first at ${place}.`,
  ];
}

const textPattern = /<text[^>]*>([^<]*)<\/text>/g;
const imagePattern = /data:image\/png;base64,([A-Za-z0-9+/=]+)/g;

async function compareSvg(saved: Buffer, again: Buffer): Promise<readonly string[]> {
  const [one, other] = [saved.toString('utf8'), again.toString('utf8')];
  const list = (svg: string, pattern: RegExp): readonly string[] =>
    [...svg.matchAll(pattern)].map(([, part = '']) => part);
  const [texts, textsAgain] = [list(one, textPattern), list(other, textPattern)];
  const [images, imagesAgain] = [list(one, imagePattern), list(other, imagePattern)];
  const findings = describeTexts(texts, textsAgain);
  if (images.length !== imagesAgain.length)
    findings.push(`It has ${images.length} pictures, made again ${imagesAgain.length}.`);
  for (const [at, image] of images.entries()) {
    const counterpart = imagesAgain[at];
    if (counterpart === undefined || counterpart === image) continue;
    findings.push(
      ...(await comparePictures(`Picture ${at + 1}`, Buffer.from(image, 'base64'), Buffer.from(counterpart, 'base64'))),
    );
  }
  const bare = (svg: string): string =>
    svg
      .replace(/<metadata>[^<]*<\/metadata>/, '')
      .replace(textPattern, '')
      .replace(imagePattern, '');
  if (bare(one) !== bare(other)) findings.push('Lines, shapes or places differ.');
  return findings;
}

function describeTexts(texts: readonly string[], again: readonly string[]): string[] {
  const most = Math.max(texts.length, again.length);
  return Array.from({ length: most }, (_, at) => [texts[at] ?? '', again[at] ?? ''] as const)
    .filter(([one, other]) => one !== other)
    .map(([one, other]) => `It says "${unescapeXml(one)}", made again "${unescapeXml(other)}".`);
}

function comparePdf(saved: Buffer, again: Buffer): readonly string[] {
  const [objects, objectsAgain] = [readPdfObjects(saved), readPdfObjects(again)];
  if (objects.length !== objectsAgain.length)
    return [`The document has ${objects.length} parts, made again ${objectsAgain.length}.`];
  const findings = objects.flatMap((object, at) => compareObjects(object, objectsAgain[at]));
  return findings.length > 0 ? findings : ['Bytes differ that belong to no part of the document.'];
}

function compareObjects({ number, head, stream }: PdfObject, again: PdfObject | undefined): readonly string[] {
  if (stream && again?.stream) return compareStreams({ number, head, stream }, again.stream);
  // The record is compared number by number.
  const isRecord = head.includes('relevance-lightbox') || head.startsWith('(\xfe\xff\0{');
  return head === again?.head || isRecord ? [] : [`Property ${number} differs.`];
}

function compareStreams(
  { number, head, stream }: PdfObject & { readonly stream: Buffer },
  again: Buffer,
): readonly string[] {
  const length = Math.max(stream.length, again.length);
  const differences = Array.from({ length }, (_, at) => Math.abs((stream[at] ?? -255) - (again[at] ?? -255)));
  const count = differences.filter((difference) => difference > 0).length;
  if (count === 0) return [];
  if (!head.includes('/Subtype /Image'))
    return [`Page or font ${number}: ${count} of ${length} bytes of what is drawn differ.`];
  const largest = Math.min(
    255,
    differences.reduce((most, difference) => Math.max(most, difference), 0),
  );
  return [`Picture ${number}: ${count} of ${length} values differ, by up to ${largest} of 255.`];
}
