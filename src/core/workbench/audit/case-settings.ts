import { declaredThresholds } from '#core/audit/index.ts';
import type { Model } from '#core/catalog/index.ts';
import type { InputRecipe } from '#core/imaging/index.ts';

/** All that decides what comes of a test of a region of a picture. */
export interface CaseSettings {
  /** Hash of the picture. */
  readonly picture: string;
  /** What the region consists of. */
  readonly basis: unknown;
  readonly model: string;
  readonly input: unknown;
  readonly composite: string;
  readonly controls: number;
  /** What controls and grain are drawn from. */
  readonly seed: string;
  readonly thresholds: unknown;
}

export const defaultControls = 12;

interface CaseFacts {
  readonly model: Pick<Model, 'sha256'>;
  readonly recipe: InputRecipe;
  readonly composite: string;
  readonly controls?: number | undefined;
  readonly seed?: number | undefined;
}

interface CasePicture {
  readonly picture: string;
  readonly basis: unknown;
  /** Of several regions of a picture tested in one run, which: each draws its own controls. */
  readonly draw: number;
}

export function describeCaseSettings(
  { model, recipe, composite, controls = defaultControls, seed = 1 }: CaseFacts,
  { picture, basis, draw }: CasePicture,
): CaseSettings {
  return {
    ...{ picture, basis, model: model.sha256, input: recipe, composite, controls },
    ...{ seed: `${seed} ${picture} ${draw}`, thresholds: declaredThresholds },
  };
}

const reasons: Readonly<Record<keyof CaseSettings, string>> = {
  picture: 'the picture',
  basis: 'the region',
  model: 'the model',
  input: "the model's preprocessing",
  composite: 'the composite',
  controls: 'the number of controls',
  seed: 'the seed',
  thresholds: 'the thresholds',
};

/** What has changed since, in words; empty where the result still holds. */
export function findChanges(then: CaseSettings, now: Partial<CaseSettings>): readonly string[] {
  const fields = Object.keys(now) as (keyof CaseSettings)[];
  return fields.flatMap((field) => (writeStable(then[field]) === writeStable(now[field]) ? [] : [reasons[field]]));
}

/** The same text for the same content, whatever the order of fields. */
function writeStable(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
