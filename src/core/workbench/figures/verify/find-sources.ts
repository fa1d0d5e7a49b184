import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { ReadonlyCatalog } from '#core/catalog/index.ts';
import { hashFile } from '#core/onnx/index.ts';
import { LightboxError } from '#shared/errors.ts';
import type { FigureRecipe } from '../figure-recipe.ts';
import { FigureSources } from '../figure-sources.ts';

export interface SourcePlaces {
  readonly folders?: readonly string[] | undefined;
  readonly modelPaths?: readonly string[] | undefined;
}

export interface FoundSources {
  readonly sources: FigureSources;
  /** Hashes of what was not found. */
  readonly missing: { readonly models: readonly string[]; readonly pictures: readonly string[] };
  /** Models that were given and are none of the figure's. */
  readonly others: readonly { readonly sha256: string; readonly path: string }[];
}

export interface SourceHashes {
  readonly models: readonly string[];
  readonly pictures: readonly string[];
}

/** The hashes of all a recipe needs, each once. */
export function listHashes(recipe: FigureRecipe): SourceHashes {
  if (recipe.kind === 'samples')
    return { models: [], pictures: [...new Set(recipe.classes.flatMap(({ pictures }) => pictures))] };
  if (recipe.kind === 'audit') return { models: [recipe.model], pictures: [recipe.picture] };
  const pictures = recipe.panels.flatMap((panel) => panel.pictures.map(({ sha256 }) => sha256));
  return { models: [...new Set(recipe.panels.map(({ model }) => model))], pictures: [...new Set(pictures)] };
}

/** Looks for models and pictures by their hashes: in what was named, then in the catalog. Throws `request/invalid` for a folder that is none. */
export async function findSources(
  recipe: FigureRecipe,
  { folders = [], modelPaths = [] }: SourcePlaces,
  catalog: ReadonlyCatalog | undefined,
): Promise<FoundSources> {
  const sources = new FigureSources();
  const wanted = listHashes(recipe);
  const given = [];
  for (const modelPath of modelPaths) given.push({ path: modelPath, sha256: await hashFile(modelPath) });
  for (const { path: file, sha256 } of given) sources.add(sha256, file);
  for (const folder of folders) await addFolder(sources, folder, new Set(wanted.pictures));
  if (catalog) for (const [sha256, file] of listKnown(catalog, wanted)) await addIfSame(sources, sha256, file);
  const isMissing = (sha256: string): boolean => !sources.has(sha256);
  const missing = { models: wanted.models.filter(isMissing), pictures: wanted.pictures.filter(isMissing) };
  return { sources, missing, others: given.filter(({ sha256 }) => !wanted.models.includes(sha256)) };
}

async function addFolder(sources: FigureSources, folder: string, wanted: ReadonlySet<string>): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((cause: unknown) => {
    throw new LightboxError('request/invalid', `The folder "${folder}" cannot be read; check the path.`, { cause });
  });
  for (const entry of entries) {
    if ([...wanted].every((sha256) => sources.has(sha256))) return;
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    const sha256 = await hashFile(file).catch(() => '');
    if (wanted.has(sha256)) sources.add(sha256, file);
  }
}

/** Where the catalog last saw them. */
function listKnown(
  catalog: ReadonlyCatalog,
  { models, pictures }: SourceHashes,
): readonly (readonly [string, string])[] {
  const known = catalog.models
    .list()
    .flatMap(({ sha256, path: file }) =>
      file !== undefined && models.includes(sha256) ? [[sha256, file] as const] : [],
    );
  const seen = pictures.flatMap((sha256) =>
    catalog.samples.listByContent(sha256).map(({ datasetId, path: file }) => {
      return [sha256, path.join(catalog.datasets.get(datasetId).folder, file)] as const;
    }),
  );
  return [...known, ...seen];
}

/** Files change; what the catalog remembers may be another by now. */
async function addIfSame(sources: FigureSources, sha256: string, file: string): Promise<void> {
  if (sources.has(sha256)) return;
  const found = await hashFile(file).catch(() => '');
  if (found === sha256) sources.add(sha256, file);
}
