import path from 'node:path';
import {
  compositeNames,
  createComposite,
  isCompositeName,
  parseComposite,
  type Composite,
  type CompositeParameters,
} from '#core/relevance/index.ts';
import { LightboxError } from '#shared/errors.ts';
import { limits } from '#shared/limits.ts';
import { loadText } from './load-text.ts';

/**
 * The composites a user means: one by name, `all` of the named ones, or one written in a JSON file.
 * Throws `composite/invalid`.
 */
export async function chooseComposites(text: string, parameters: CompositeParameters): Promise<readonly Composite[]> {
  if (text === 'all') return compositeNames.map((name) => createComposite(name, parameters));
  if (isCompositeName(text)) return [createComposite(text, parameters)];
  if (text.toLowerCase().endsWith('.json')) return [await loadComposite(text, parameters)];
  const known = compositeNames.join(', ');
  throw new LightboxError(
    'composite/invalid',
    `There is no composite "${text}"; there are ${known}, all of them as "all", and JSON files.`,
  );
}

async function loadComposite(file: string, parameters: CompositeParameters): Promise<Composite> {
  const plan = {
    code: 'composite/invalid',
    noun: 'The composite file',
    mostBytes: limits.composite.fileBytes,
  } as const;
  const text = await loadText(file, plan);
  const source = path.basename(file);
  return parseComposite(readJson(text, source), source, parameters);
}

function readJson(text: string, source: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new LightboxError('composite/invalid', `The composite file "${source}" is not JSON; correct it.`, { cause });
  }
}
