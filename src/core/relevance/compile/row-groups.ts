import type { Tensor, TensorWriter } from './tensor.ts';

/** Which groups of rows a value of relevance has, rising: 0 begins at the output, k at the k-th start point of the walk back. */
export type Groups = readonly number[];

/** Rows of relevance that began at different places, one group after the other in one batch. */
export class RowGroups {
  readonly #writer: TensorWriter;
  /** By group: how many rows it has, a number the graph computes. */
  readonly #counts = new Map<number, string>();

  constructor(writer: TensorWriter) {
    this.#writer = writer;
  }

  /** Makes a group known by a tensor that has its rows on the first axis. */
  add(group: number, like: string): void {
    this.#counts.set(group, this.#writer.graph.emit('Shape', [like], { attributes: { start: 0, end: 1 } }));
  }

  /** The rows of `wanted`, neighbours among the groups that are there. */
  take(tensor: Tensor, present: Groups, wanted: Groups): Tensor {
    if (present.length === wanted.length) return tensor;
    const { graph } = this.#writer;
    const first = present.indexOf(wanted[0] ?? 0);
    const start = this.#count(present.slice(0, first));
    const end = this.#count(present.slice(0, first + wanted.length));
    return { ...tensor, name: graph.emit('Slice', [tensor.name, start, end, graph.integers([0])]) };
  }

  /** Rows below one another, in one layout. */
  join(tensors: readonly [Tensor, ...Tensor[]]): Tensor {
    const [first] = tensors;
    if (tensors.length === 1) return first;
    const blocked = tensors.some(({ layout }) => layout === 'blocked');
    const like = tensors.map((tensor) => (blocked ? this.#writer.asBlocked(tensor) : tensor));
    const names = like.map(({ name }) => name);
    return { ...(like[0] ?? first), name: this.#writer.graph.emit('Concat', names, { attributes: { axis: 0 } }) };
  }

  #count(groups: Groups): string {
    const { graph } = this.#writer;
    const [first, ...rest] = groups.map((group) => this.#counts.get(group) ?? graph.integers([0]));
    if (first === undefined) return graph.integers([0]);
    return rest.reduce((sum, count) => graph.emit('Add', [sum, count]), first);
  }
}

/** Cuts the groups of several values into runs over which the same of them have rows. */
export function listRuns(values: readonly Groups[]): readonly Groups[] {
  const all = [...new Set(values.flat())].sort((a, b) => a - b);
  const owners = (group: number): string => values.map((groups) => Number(groups.includes(group))).join('');
  const runs: number[][] = [];
  for (const group of all) {
    const last = runs.at(-1);
    if (last && owners(last[0] ?? 0) === owners(group)) last.push(group);
    else runs.push([group]);
  }
  return runs;
}
