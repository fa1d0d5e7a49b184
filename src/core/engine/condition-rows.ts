import { LightboxError } from '#shared/errors.ts';
import type { Tensor } from '#core/runtime/index.ts';
import type { AttributionGraph, StartInputs } from '#core/relevance/index.ts';
import type { Condition, LayerCondition } from './condition.ts';

/** A row that begins at a layer. */
interface BegunRow {
  readonly condition: LayerCondition;
  /** The row it begins from; undefined for the row that begins at the output, and for an activation. */
  readonly from: BegunRow | undefined;
  readonly group: number;
}

/** The rows some conditions need, by the group they belong to. */
export interface ConditionRows {
  readonly groups: ReadonlyMap<number, readonly BegunRow[]>;
  /** The row that is the answer to each condition. */
  readonly last: readonly BegunRow[];
}

type Starts = AttributionGraph['inputs']['starts'];

/** Every condition becomes a chain of rows, each beginning from the one above. Throws `layer/unknown`, `request/invalid`. */
export function layOutConditions(starts: Starts, conditions: readonly Condition[]): ConditionRows {
  const groups = new Map<number, BegunRow[]>(starts.map(({ group }) => [group, []]));
  const last = conditions.map((chain) => {
    let from: BegunRow | undefined;
    for (const condition of chain) {
      const start = findStart(starts, condition.layer);
      if (from && !start.sources.includes(from.group)) throw unreached(from.condition.layer, condition.layer);
      const row: BegunRow = { condition, from, group: start.group };
      groups.get(start.group)?.push(row);
      from = row;
    }
    if (!from) throw new LightboxError('request/invalid', 'A condition names at least one layer.');
    return from;
  });
  return { groups, last };
}

function findStart(starts: Starts, layer: string): StartInputs {
  const start = starts.find((candidate) => candidate.layer === layer);
  if (start) return start;
  throw new LightboxError('layer/unknown', `Layer "${layer}" was not named as a condition when the model was opened.`);
}

function unreached(above: string, below: string): LightboxError {
  return new LightboxError(
    'request/invalid',
    `Nothing that passes "${above}" reaches "${below}"; name layers in the order from the output to the picture, one behind the other.`,
  );
}

/** Where a row lies in an array whose rows are those of `present`, one group after the other; undefined if it is not there. */
export function findRow(
  rows: ConditionRows,
  present: readonly number[],
  row: BegunRow | undefined,
): number | undefined {
  const group = row?.group ?? 0;
  const before = present.indexOf(group);
  if (before < 0) return undefined;
  const offset = present.slice(0, before).reduce((sum, other) => sum + countRows(rows, other), 0);
  return offset + (row ? (rows.groups.get(group)?.indexOf(row) ?? 0) : 0);
}

/** The output's rows are one: conditions are asked of one picture and target. */
function countRows({ groups }: ConditionRows, group: number): number {
  return group === 0 ? 1 : (groups.get(group)?.length ?? 0);
}

/** What the graph is given for its start points. Throws `request/invalid` where factors have the wrong count. */
export function feedStarts(starts: Starts, rows: ConditionRows): Readonly<Record<string, Tensor>> {
  const feeds: Record<string, Tensor> = {};
  for (const start of starts) {
    const own = rows.groups.get(start.group) ?? [];
    const { channelCount, size } = start;
    const channels = own.map(({ condition }) => fillFactors(condition, condition.channels, channelCount));
    feeds[start.channels] = { values: joinRows(channels, channelCount), dims: [own.length, channelCount] };
    if (start.positions !== undefined && size) {
      const count = size[0] * size[1];
      const positions = own.map(({ condition }) => fillFactors(condition, condition.positions, count));
      feeds[start.positions] = { values: joinRows(positions, count), dims: [own.length, 1, ...size] };
    }
    if (start.source !== undefined) {
      const sources = own.map((row) => BigInt(findRow(rows, start.sources, row.from) ?? 0));
      feeds[start.source] = { values: BigInt64Array.from(sources), dims: [own.length] };
    }
  }
  return feeds;
}

function fillFactors({ layer }: LayerCondition, factors: Float32Array | undefined, count: number): Float32Array {
  if (!factors) return new Float32Array(count).fill(1);
  if (factors.length === count) return factors;
  throw new LightboxError(
    'request/invalid',
    `A condition on "${layer}" has ${factors.length} factors where ${count} are needed.`,
  );
}

function joinRows(rows: readonly Float32Array[], length: number): Float32Array {
  const joined = new Float32Array(rows.length * length);
  rows.forEach((row, i) => {
    joined.set(row, i * length);
  });
  return joined;
}
