import { closeSync, openSync, readSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { LightboxError } from '#shared/errors.ts';
import type { FileRange } from './model.ts';

/** What a tensor stored outside its model file says of itself. */
export interface ExternalReference {
  readonly tensorName: string;
  /** The keys of TensorProto.external_data: location, offset, length. */
  readonly entries: ReadonlyMap<string, string>;
  /** What type and dimensions ask for; undefined for types of unknown size. */
  readonly expectedLength: number | undefined;
}

/** Finds tensors stored beside a model file, and nowhere else: never outside the model's own folder. */
export class ExternalData {
  readonly #modelPath: string;
  readonly #folder: string;
  readonly #files = new Map<string, { readonly path: string; readonly length: number }>();

  /** `modelPath` has its links resolved. */
  constructor(modelPath: string) {
    this.#modelPath = modelPath;
    this.#folder = path.dirname(modelPath);
  }

  /** Checks a reference and gives the place of its bytes. Throws `model/external-data`. */
  resolve(reference: ExternalReference): FileRange {
    const location = reference.entries.get('location') ?? '';
    const refuse = (reason: string): LightboxError =>
      new LightboxError(
        'model/external-data',
        `Tensor "${reference.tensorName}" of "${this.#modelPath}" is stored in "${location}", which ${reason}.`,
      );
    const file = this.#openLocation(location, refuse);
    const offset = readCount(reference.entries.get('offset') ?? '0');
    const length = readCount(
      reference.entries.get('length') ?? String(reference.expectedLength ?? file.length - offset),
    );
    if (Number.isNaN(offset) || Number.isNaN(length)) throw refuse('has an offset or length that is no number');
    if (reference.expectedLength !== undefined && length !== reference.expectedLength) {
      throw refuse(`holds ${length} bytes for it, where its type and dimensions need ${reference.expectedLength}`);
    }
    if (offset + length > file.length) {
      throw refuse(
        `ends at byte ${file.length}, before the tensor does (byte ${offset + length}); copy the file again`,
      );
    }
    return { kind: 'file', path: file.path, offset, length };
  }

  /** The bytes of a small tensor that `resolve` found. */
  read(range: FileRange): Uint8Array {
    const bytes = new Uint8Array(range.length);
    try {
      const descriptor = openSync(range.path, 'r');
      const count = readSync(descriptor, bytes, 0, range.length, range.offset);
      closeSync(descriptor);
      if (count === range.length) return bytes;
    } catch (cause) {
      throw new LightboxError('model/external-data', `"${range.path}", which holds weights, cannot be read.`, {
        cause,
      });
    }
    throw new LightboxError('model/external-data', `"${range.path}", which holds weights, became shorter.`);
  }

  #openLocation(
    location: string,
    refuse: (reason: string) => LightboxError,
  ): { readonly path: string; readonly length: number } {
    const known = this.#files.get(location);
    if (known) return known;
    if (!isInnerLocation(location)) throw refuse('is not the plain name of a file in the folder of the model');
    const file = findFile(path.join(this.#folder, location));
    if (!file) throw refuse("is missing; keep it in the model file's folder");
    if (!isInside(this.#folder, file.path)) throw refuse('is a link to a place outside the folder of the model');
    this.#files.set(location, file);
    return file;
  }
}

/** Whether a path with its links resolved lies in a folder with its links resolved. */
export function isInside(folder: string, file: string): boolean {
  const relative = path.relative(folder, file);
  return relative !== '' && !path.isAbsolute(relative) && relative.split(path.sep)[0] !== '..';
}

function isInnerLocation(location: string): boolean {
  if (location === '' || location.includes('\0')) return false;
  if (path.posix.isAbsolute(location) || path.win32.isAbsolute(location) || /^[a-z]:/i.test(location)) return false;
  return !location.split(/[/\\]/).includes('..');
}

function findFile(location: string): { readonly path: string; readonly length: number } | undefined {
  try {
    const resolved = realpathSync(location);
    const facts = statSync(resolved);
    return facts.isFile() ? { path: resolved, length: facts.size } : undefined;
  } catch {
    return undefined;
  }
}

function readCount(text: string): number {
  return /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
}
