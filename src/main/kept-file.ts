import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { z } from 'zod';

/** A small file of the shell's own. Whatever is wrong with it, the window opens. */
export interface KeptFile<Content> {
  /** Undefined where there is none, or none that can be read. */
  load(): Promise<Content | undefined>;
  /** Whole or not at all; where it cannot be written, it is not kept. */
  save(content: Content): Promise<void>;
}

export function keepFile<Schema extends z.ZodType>(file: string, schema: Schema): KeptFile<z.infer<Schema>> {
  let last: Promise<void> = Promise.resolve();
  return {
    load: async () => {
      const text = await readFile(file, 'utf8').catch(() => undefined);
      return text === undefined ? undefined : schema.safeParse(parse(text)).data;
    },
    save: (content) => (last = last.then(() => write(file, JSON.stringify(content)).catch(() => undefined))),
  };
}

async function write(file: string, text: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(`${file}.new`, text);
  await rename(`${file}.new`, file);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
