import { extname } from 'node:path';
import { LightboxError } from '#shared/errors.ts';
import { findPdfText } from './pdf-objects.ts';
import { findPngText } from './png-text.ts';
import { unescapeXml } from './svg-element.ts';

const readers: Readonly<Record<string, (file: Buffer) => string | undefined>> = {
  '.png': (file) => findPngText(file, 'Relevance Lightbox'),
  '.pdf': (file) => findPdfText(file, 'RelevanceLightbox'),
  '.svg': (file) => {
    const [, text] = /<metadata>([^<]*)<\/metadata>/.exec(file.toString('utf8')) ?? [];
    return text === undefined ? undefined : unescapeXml(text);
  },
};

export type FigureFormat = '.pdf' | '.png' | '.svg';

/**
 * What a saved figure says of itself: the JSON that was written into it.
 * Throws `request/invalid` for another kind of file, and for a figure that says nothing.
 */
export function readFigureRecord(path: string, file: Buffer): Readonly<Record<string, unknown>> {
  const extension = extname(path).toLowerCase();
  const read = Object.hasOwn(readers, extension) ? readers[extension] : undefined;
  if (!read) throw new LightboxError('request/invalid', `Figures are .pdf, .png or .svg files; "${path}" is none.`);
  const text = read(file);
  const record = text === undefined ? undefined : parse(text);
  if (record) return record;
  throw new LightboxError(
    'request/invalid',
    `"${path}" says nothing of how it was made: it is no figure of this program, or what it said was taken out or damaged.`,
  );
}

function parse(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const record: unknown = JSON.parse(text);
    return typeof record === 'object' && record !== null ? (record as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
