import type { ExplainingModel } from '#shared/contract/explain.ts';
import { chooseSecond, findClass } from '../explain/resolve-question.ts';
import type { Explaining } from '../explain/use-explaining.ts';

/** A model that explains all variants for one class. */
export interface Column {
  readonly model: ExplainingModel;
  /** Undefined where it has no such class. */
  readonly target: number | 'predicted' | undefined;
}

/** The models chosen, as far as there still are; else the one looked at and the one it is compared with. */
export function chooseColumns(
  { models, subject }: Pick<Explaining, 'models' | 'subject'>,
  chosen: readonly number[] | undefined,
): readonly Column[] {
  const other = chooseSecond(models, subject.model, undefined);
  const ids = chosen ?? [subject.model.id, ...(other ? [other.id] : [])];
  // The one looked at comes first.
  const ordered = [subject.model, ...models.filter(({ id }) => id !== subject.model.id)];
  const shown = ordered.filter(({ id }) => ids.includes(id));
  return (shown.length > 0 ? shown : [subject.model]).map((model) => ({ model, target: findTarget(subject, model) }));
}

/** The same class by its name, as models may number classes differently. */
function findTarget({ model: first, target }: Explaining['subject'], model: ExplainingModel): Column['target'] {
  if (target === 'predicted' || model.id === first.id) return target;
  return findClass(model.labels, first.labels[target]);
}
