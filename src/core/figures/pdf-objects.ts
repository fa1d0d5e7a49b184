import { inflateSync } from 'node:zlib';

/** An object of a PDF as pdfkit writes it (ISO 32000-1, 7.3): its dictionary or value, and its stream, inflated. */
export interface PdfObject {
  readonly number: number;
  readonly head: string;
  readonly stream: Buffer | undefined;
}

/** The objects of a PDF whose streams are plain or deflated; those that are damaged have an empty stream. */
export function readPdfObjects(file: Buffer): readonly PdfObject[] {
  const text = file.toString('latin1');
  return [...text.matchAll(/(?:^|\n)(\d+) 0 obj\n/g)].map((match): PdfObject => {
    const start = match.index + match[0].length;
    const end = text.indexOf('\nendobj', start);
    const body = text.slice(start, end < 0 ? undefined : end);
    const streamAt = body.indexOf('\nstream\n');
    const head = streamAt < 0 ? body : body.slice(0, streamAt);
    if (streamAt < 0) return { number: Number(match[1]), head, stream: undefined };
    const length = Number(/\/Length (\d+)/.exec(head)?.[1] ?? 0);
    const from = start + streamAt + '\nstream\n'.length;
    const bytes = file.subarray(from, from + length);
    return { number: Number(match[1]), head, stream: head.includes('/FlateDecode') ? inflate(bytes) : bytes };
  });
}

function inflate(bytes: Buffer): Buffer {
  try {
    return inflateSync(bytes);
  } catch {
    return Buffer.alloc(0);
  }
}

/** A text among the document's properties; undefined where there is none. */
export function findPdfText(file: Buffer, key: string): string | undefined {
  const text = file.toString('latin1');
  const [, direct, reference] = new RegExp(`/${key} (?:(\\(.*)|(\\d+) 0 R)`, 's').exec(text) ?? [];
  const start = reference === undefined ? direct : readPdfObjects(file).find(({ number }) => number === Number(reference))?.head; // prettier-ignore
  return start === undefined ? undefined : readLiteral(start);
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

/** A literal string (7.3.4.2), in UTF-16 where it begins with a byte order mark. */
function readLiteral(text: string): string | undefined {
  const [, content] = /^\s*\(((?:\\[\s\S]|[^\\)])*)\)/.exec(text) ?? [];
  if (content === undefined) return undefined;
  const bytes = content.replace(/\\([\s\S])/g, (_, letter: string) => escapes[letter] ?? letter);
  if (!bytes.startsWith('\xfe\xff')) return bytes;
  return Buffer.from(bytes.slice(2), 'latin1').swap16().toString('utf16le');
}
