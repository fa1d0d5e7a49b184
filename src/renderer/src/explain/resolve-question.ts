import { compositeNames, defaultComposite, type CompositeName } from '#shared/composite-names.ts';
import type { ExplainingModel } from '#shared/contract/explain.ts';
import type { SetupView } from '#shared/contract/overview.ts';
import type { TargetChoice } from './explain-state.ts';

/** The model looked at: the one chosen, else that of the list's results, else the first. */
export function chooseModel(
  models: readonly ExplainingModel[],
  chosen: number | undefined,
  listed: readonly (number | undefined)[],
): ExplainingModel | undefined {
  const ofList = listed.map((setup) => models.find(({ setups }) => setup !== undefined && setups.includes(setup)));
  return models.find(({ id }) => id === chosen) ?? ofList.find((model) => model !== undefined) ?? models[0];
}

/** The other one: as chosen, else one that tells the same classes apart, else any. */
export function chooseSecond(
  models: readonly ExplainingModel[],
  first: ExplainingModel,
  chosen: number | undefined,
): ExplainingModel | undefined {
  const others = models.filter(({ id }) => id !== first.id);
  const isAlike = ({ labels }: ExplainingModel): boolean => labels.join('\n') === first.labels.join('\n');
  // The one behind it in the list, so that neighbours are compared.
  const behind = others.toSorted((a, b) => Number(a.id < first.id) - Number(b.id < first.id));
  return others.find(({ id }) => id === chosen) ?? behind.find(isAlike) ?? behind[0];
}

/** Begins with what the list shows, so that the heatmap beside a thumbnail is the one that opens. */
export function readListed(setup: SetupView | undefined): {
  readonly composite: CompositeName;
  readonly target: TargetChoice;
} {
  const composite = compositeNames.find((name) => name === setup?.composite) ?? defaultComposite;
  const { target = 'predicted', labels = [] } = setup ?? {};
  if (target === 'predicted' || target === 'label') return { composite, target };
  const index = findClass(labels, target) ?? (/^\d+$/.test(target) ? Number(target) : undefined);
  return { composite, target: index ?? 'predicted' };
}

/** A class by its name; case does not matter. */
export function findClass(labels: readonly string[], name: string | undefined): number | undefined {
  if (name === undefined) return undefined;
  const exact = labels.indexOf(name);
  const index = exact >= 0 ? exact : labels.findIndex((label) => label.toLowerCase() === name.toLowerCase());
  return index >= 0 ? index : undefined;
}

export interface TargetPlace {
  readonly labels: readonly string[];
  /** The picture's own. */
  readonly label: string | undefined;
  /** The index the model predicts, where it is known. */
  readonly predicted: number | undefined;
}

/** What the workbench is asked for. What a picture or a model does not have falls back to what is predicted. */
export function resolveTarget(choice: TargetChoice, place: TargetPlace): number | 'predicted' {
  const { labels, label, predicted } = place;
  const index = choice === 'label' ? findClass(labels, label) : choice === 'predicted' ? predicted : choice;
  return index === undefined || (labels.length > 0 && index >= labels.length) ? (predicted ?? 'predicted') : index;
}

/** Predicted, then the picture's label, then the other classes in their order; each class once. */
export function nextTarget(choice: TargetChoice, place: TargetPlace): TargetChoice {
  const choices = listTargets(place);
  const now = resolveTarget(choice, place);
  const at = Math.max(
    choices.indexOf(choice),
    choices.findIndex((other) => !choices.includes(choice) && resolveTarget(other, place) === now),
  );
  return choices[(at + 1) % choices.length] ?? 'predicted';
}

export function listTargets(place: TargetPlace): readonly TargetChoice[] {
  const { labels, predicted } = place;
  const own = findClass(labels, place.label);
  const others = [...labels.keys()].filter((index) => index !== predicted && index !== own);
  return ['predicted', ...(own === undefined || own === predicted ? [] : (['label'] as const)), ...others];
}
