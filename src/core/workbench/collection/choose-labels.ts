import { labelOf } from '#core/imaging/index.ts';
import { LightboxError } from '#shared/errors.ts';
import type { ModelFile } from '../model-file.ts';

export interface LabelSources {
  /** Given by the user. */
  readonly labels?: readonly string[] | undefined;
  /** Of the dataset, in any order. */
  readonly datasetLabels: readonly string[];
}

/**
 * What a model's outputs are called: as the user says, as its manifest says, or, where nobody says and the dataset has as many
 * classes as the model has outputs, as torchvision's ImageFolder numbers the dataset's classes: sorted by their characters.
 * Throws `target/unknown` where the user names another number of classes.
 */
export function chooseLabels(
  { labels, datasetLabels }: LabelSources,
  { file, count }: { readonly file: ModelFile; readonly count: number },
): { readonly labels: readonly string[]; readonly warnings: readonly string[] } {
  const { manifest } = file.manifest;
  if (labels !== undefined) return { labels: checkCount(labels, count), warnings: [] };
  const named = Array.from({ length: count }, (_, index) => labelOf(manifest, index));
  if (manifest.labels.length > 0 || datasetLabels.length !== count) return { labels: named, warnings: [] };
  const sorted = datasetLabels.toSorted((a, b) => (a < b ? -1 : 1));
  const warning = `The model does not name its classes; ${sorted.map((label) => `"${label}"`).join(', ')} was assumed, the dataset's classes sorted by name as torchvision numbers them. --labels says otherwise.`;
  return { labels: sorted, warnings: [warning] };
}

function checkCount(labels: readonly string[], count: number): readonly string[] {
  if (labels.length === count) return labels;
  throw new LightboxError(
    'target/unknown',
    `The model has ${count} ${count === 1 ? 'output' : 'outputs'}, not ${labels.length}; give one label for each, in their order.`,
  );
}
