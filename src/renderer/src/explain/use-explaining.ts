import { skipToken, useQuery } from '@tanstack/react-query';
import type { CompositeName } from '#shared/composite-names.ts';
import type { ExplainingModel, Known } from '#shared/contract/explain.ts';
import type { Overview } from '#shared/contract/overview.ts';
import type { PredictionView, SamplePageRequest, SampleView } from '#shared/contract/samples.ts';
import { api } from '../api/client.ts';
import { useExplain, type TargetChoice } from './explain-state.ts';
import {
  chooseModel,
  chooseSecond,
  findClass,
  readListed,
  resolveTarget,
  type TargetPlace,
} from './resolve-question.ts';

/** A model asked about a picture. */
export interface Subject {
  readonly model: ExplainingModel;
  readonly known: Known | undefined;
  readonly prediction: PredictionView | undefined;
  readonly target: number | 'predicted';
}

/** What is asked of a picture, all choices resolved. */
export interface Explaining {
  readonly sample: SampleView;
  readonly models: readonly ExplainingModel[];
  readonly composite: CompositeName;
  readonly choice: TargetChoice;
  readonly place: TargetPlace;
  readonly subject: Subject;
  /** Undefined where there is no other model, or it has no such class. */
  readonly second: (Subject & { readonly target: number }) | undefined;
}

interface ExplainingRequest {
  readonly overview: Overview;
  readonly list: SamplePageRequest;
  readonly sample: SampleView | undefined;
}

/** Undefined until the catalog's models are known, or where it has none. */
export function useExplaining({ overview, list, sample }: ExplainingRequest): Explaining | undefined {
  const state = useExplain();
  const models = useQuery(api.explain.models.queryOptions({ staleTime: 5000 })).data ?? [];
  const listed = readListed(overview.setups.find(({ id }) => id === list.attribution));
  const model = chooseModel(models, state.model, [list.attribution, list.prediction]);
  const other = model && state.layout === 'models' ? chooseSecond(models, model, state.second) : undefined;
  const known = useKnown(sample, model);
  const knownOfOther = useKnown(sample, other);
  const prediction = usePrediction(sample, model, known);
  if (!sample || !model) return undefined;
  const choice = state.target ?? listed.target;
  const place = { labels: model.labels, label: sample.label, predicted: prediction?.predicted };
  const target = resolveTarget(choice, place);
  return {
    ...{ sample, models, composite: state.composite ?? listed.composite, choice, place },
    subject: { model, known, prediction, target },
    second: other && findSecond(other, knownOfOther, { target, labels: model.labels }),
  };
}

/** The same class by its name, as two models may number classes differently. */
function findSecond(
  model: ExplainingModel,
  known: Known | undefined,
  { target, labels }: { readonly target: number | 'predicted'; readonly labels: readonly string[] },
): Explaining['second'] {
  const index = target === 'predicted' ? undefined : findClass(model.labels, labels[target]);
  return index === undefined ? undefined : { model, known, prediction: known?.prediction, target: index };
}

function useKnown(sample: SampleView | undefined, model: ExplainingModel | undefined): Known | undefined {
  const input = sample && model ? { sample: sample.id, model: model.id } : skipToken;
  return useQuery(api.explain.known.queryOptions({ input })).data;
}

/** What the catalog knows, else what the model says when asked. */
function usePrediction(
  sample: SampleView | undefined,
  model: ExplainingModel | undefined,
  known: Known | undefined,
): PredictionView | undefined {
  const autoRun = useExplain((state) => state.autoRun);
  const isMissing = known !== undefined && known.prediction === undefined && model?.fault === undefined;
  const input = sample && model && isMissing && autoRun ? { sample: sample.id, model: model.id } : skipToken;
  const said = useQuery(api.explain.prediction.queryOptions({ input, staleTime: Infinity }));
  return known?.prediction ?? said.data;
}
