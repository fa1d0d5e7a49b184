import { createClassFinder } from '#core/catalog/index.ts';
import { decodePicture, type Picture } from '#core/imaging/index.ts';
import { LightboxError } from '#shared/errors.ts';
import { loadModelFile, type ModelFile } from '../model-file.ts';
import { predictedTarget, resolveTarget } from '../resolve-target.ts';
import type { MapsRecipe } from './figure-recipe.ts';
import type { FigureSources } from './figure-sources.ts';

type RecipePanel = MapsRecipe['panels'][number];

export interface ReadPanel {
  readonly file: ModelFile;
  readonly pictures: readonly { readonly picture: Picture; readonly label: string | undefined }[];
}

/** Throws the errors of reading a model and pictures, and where one was not found. */
export async function readPanel(panel: RecipePanel, recipe: MapsRecipe, sources: FigureSources): Promise<ReadPanel> {
  const file = await loadModelFile(sources.get('model', panel.model));
  const pictures: ReadPanel['pictures'][number][] = [];
  for (const { sha256, label } of panel.pictures) {
    const picture = await decodePicture(sources.get('picture', sha256), recipe.shown ?? {});
    pictures.push({ picture, label });
  }
  return { file, pictures };
}

/** The class that is explained, -1 for the predicted one. Throws `target/unknown`. */
export function findTarget(target: string, label: string | undefined, labels: readonly string[]): number {
  if (target === 'predicted') return predictedTarget;
  if (target !== 'label') return resolveTarget(target, { labels, classCount: labels.length });
  const index = createClassFinder(labels)(label ?? '');
  if (index !== undefined) return index;
  const what = label === undefined ? 'A picture has no label to explain' : `The model has no class "${label}"`;
  throw new LightboxError('target/unknown', `${what}; name a class with --target instead.`);
}
