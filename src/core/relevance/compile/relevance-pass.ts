import type { Network } from '../network/network.ts';
import type { Contribution } from '../rules/contribution.ts';
import { contribute, type Surroundings } from './contributions.ts';
import { listRuns, type Groups, type RowGroups } from './row-groups.ts';
import type { Tensor, TensorWriter } from './tensor.ts';

/** Relevance of a value, and which groups of rows it is of. */
export interface Flow {
  readonly relevance: Tensor;
  readonly groups: Groups;
}

/** What an operation has handed to a value, and for which groups of rows. */
export interface Arrival {
  readonly contribution: Contribution;
  readonly groups: Groups;
}

export interface RelevancePass extends Surroundings {
  readonly network: Network;
  readonly rowGroups: RowGroups;
  /** Changes relevance where a condition stands; `restart` drops all relevance that goes round the value. */
  readonly condition: (value: string) => { readonly factors: string; readonly restart: boolean } | undefined;
  /** Rows that begin at a value, given the relevance that arrives there. */
  readonly begin: (value: string, arriving: Flow | undefined) => Flow | undefined;
  /** Values at which is noted what is still on its way round them. */
  readonly watched: ReadonlySet<string>;
}

export interface Relevances {
  readonly reached: ReadonlyMap<string, Flow>;
  /** For each watched value: what had been handed to other values when it was its turn, so that it goes round this one. */
  readonly round: ReadonlyMap<string, ReadonlyMap<string, readonly Arrival[]>>;
}

/** Walks from the logits back to the picture. Without an initial relevance all rows begin further down. */
export function writeRelevance(pass: RelevancePass, initial: Tensor | undefined): Relevances {
  const { network } = pass;
  let arriving = new Map<string, Arrival[]>();
  if (initial) arriving.set(network.output.name, [{ contribution: { relevance: initial }, groups: [0] }]);
  const reached = new Map<string, Flow>();
  const round = new Map<string, ReadonlyMap<string, readonly Arrival[]>>();
  const collect = (value: string): Flow | undefined => {
    const arrived = merge(pass, arriving.get(value) ?? [], value);
    arriving.delete(value);
    if (pass.watched.has(value)) round.set(value, new Map(arriving));
    const conditioned = arrived && applyCondition(pass, arrived, value);
    if (pass.condition(value)?.restart) arriving = new Map();
    const flow = pass.begin(value, conditioned) ?? conditioned;
    if (flow) reached.set(value, flow);
    return flow;
  };
  for (const operation of [...network.operations].reverse()) {
    const flow = collect(operation.output);
    if (!flow) continue;
    const contributions = contribute(pass, operation, flow.relevance);
    operation.inputs.forEach((input, i) => {
      const contribution = contributions[i];
      if (contribution) arriving.set(input, [...(arriving.get(input) ?? []), { contribution, groups: flow.groups }]);
    });
  }
  collect(network.input.name);
  return { reached, round };
}

function applyCondition({ writer, condition }: RelevancePass, flow: Flow, value: string): Flow {
  const mask = condition(value);
  return mask ? { ...flow, relevance: writer.scaleChannels(flow.relevance, mask.factors) } : flow;
}

/** What has arrived, added up row by row; a value that some rows never reach has no part of them. */
function merge(
  { writer, forward, rowGroups }: RelevancePass,
  arrivals: readonly Arrival[],
  value: string,
): Flow | undefined {
  const runs = listRuns(arrivals.map(({ groups }) => groups));
  const [first, ...rest] = runs.map((run) => {
    const own = arrivals.filter(({ groups }) => groups.includes(run[0] ?? 0));
    return total(
      writer,
      own.map(({ contribution, groups }) => takeRows(rowGroups, contribution, [groups, run])),
      forward.value(value),
    );
  });
  if (!first) return undefined;
  return { relevance: rowGroups.join([first, ...rest.filter((part) => part !== undefined)]), groups: runs.flat() };
}

export function takeRows(
  rowGroups: RowGroups,
  contribution: Contribution,
  [present, wanted]: readonly [Groups, Groups],
): Contribution {
  if ('gain' in contribution) return { gain: rowGroups.take(contribution.gain, present, wanted) };
  return { relevance: rowGroups.take(contribution.relevance, present, wanted) };
}

/** Gains are added before they are multiplied by the value, once. */
export function total(writer: TensorWriter, contributions: readonly Contribution[], value: Tensor): Tensor | undefined {
  const gain = writer.sum(contributions.flatMap((part) => ('gain' in part ? [part.gain] : [])));
  const parts = contributions.flatMap((part) => ('relevance' in part ? [part.relevance] : []));
  return writer.sum(gain ? [writer.multiply(value, gain), ...parts] : parts);
}
