import { keepChannels, type ConceptReading, type LayerCondition } from '#core/engine/index.ts';
import type { ConceptGraph, ConceptGraphRequest } from '#shared/contract/concepts.ts';
import { rankDescending, shareOfAll } from '../../concepts/rank-concepts.ts';
import { countChannels, isTurned, type Asked } from './ask-concepts.ts';

/** Layers drawn, with the one asked about. */
const mostColumns = 4;
/** Concepts drawn of the layer asked about where none is named, and of each layer before it. */
const nodesAtStart = 4;
const nodesBelow = 5;

type Node = ConceptGraph['nodes'][number];
type Edge = ConceptGraph['edges'][number];

interface Column {
  readonly layer: string;
  readonly nodes: readonly Node[];
  /** To the column before it; places within the columns. */
  readonly edges: readonly Edge[];
}

/**
 * How the concepts of a layer are carried by those before it (CRP; Achtibat et al. 2023): relevance is let through one concept alone,
 * and what of it arrives at each channel of the layer before is an edge. What goes round a layer through a shortcut is in no edge.
 */
export async function drawConceptGraph(asked: Asked, request: ConceptGraphRequest): Promise<ConceptGraph> {
  const { layers } = asked;
  if (request.channel !== undefined) countChannels(asked, request.layer, request.channel);
  countChannels(asked, request.layer, 0);
  const at = layers.indexOf(request.layer);
  const names = layers.slice(Math.max(0, at - mostColumns + 1), at + 1).toReversed();
  const { target, turned, readings } = await run(asked, []);
  const evidence = (layer: string): Float32Array => orient(findReading(readings, layer), 0, turned);
  const totals = new Map(names.map((name) => [name, evidence(name)]));
  const chosen =
    request.channel === undefined
      ? rankDescending(totals.get(request.layer) ?? []).slice(0, nodesAtStart)
      : [request.channel];
  const describe = (layer: string, column: number) =>
    describeNodes(totals.get(layer) ?? new Float32Array(), { column, turned });
  const columns: Column[] = [{ layer: request.layer, nodes: chosen.map(describe(request.layer, 0)), edges: [] }];
  for (const [index, layer] of names.slice(1).entries()) {
    const above = columns[index];
    if (!above || above.nodes.length === 0) break;
    columns.push(await stepDown(asked, { above, layer, turned, describe: describe(layer, index + 1) }));
  }
  return { target, turned, ...joinColumns(columns) };
}

interface Step {
  readonly above: Column;
  readonly layer: string;
  readonly turned: boolean;
  readonly describe: (channel: number) => Node;
}

/** The concepts of a layer that carry most of what passes those above. */
async function stepDown(asked: Asked, { above, layer, turned, describe }: Step): Promise<Column> {
  const channels = countChannels(asked, above.layer, 0);
  const conditions = above.nodes.map(({ channel }): readonly [LayerCondition] => [
    { layer: above.layer, channels: keepChannels(channels, [channel]) },
  ]);
  const { readings } = await run(asked, conditions);
  const reading = findReading(readings, layer);
  // The first row is under no condition.
  const inflows = conditions.map((_, row) => orient(reading, row + 1, turned));
  const carried = Float32Array.from({ length: reading.channels }, (_, channel) =>
    inflows.reduce((sum, inflow) => sum + Math.abs(inflow[channel] ?? 0), 0),
  );
  const chosen = rankDescending(carried).slice(0, nodesBelow);
  const edges = inflows.flatMap((inflow, from) => {
    const shares = shareOfAll(inflow);
    return chosen.map((channel, to) => ({
      ...{ from, to, relevance: turned ? -(inflow[channel] ?? 0) : (inflow[channel] ?? 0) },
      share: shares[channel] ?? 0,
    }));
  });
  return { layer, nodes: chosen.map(describe), edges };
}

interface Run {
  readonly target: number;
  readonly turned: boolean;
  readonly readings: readonly ConceptReading[];
}

async function run(asked: Asked, conditions: readonly (readonly [LayerCondition])[]): Promise<Run> {
  const { computing, model, prepared, initial } = asked;
  const image = prepared.prepared.input.tensor;
  const {
    concepts,
    logits,
    target = 0,
  } = await computing.engine.condition(
    { handle: model.opened.handle, image, target: asked.target, initial, conditions },
    { signal: computing.signal },
  );
  return { target, turned: isTurned(asked, logits[target]), readings: concepts };
}

const findReading = (readings: readonly ConceptReading[], layer: string): ConceptReading =>
  readings.find((reading) => reading.layer === layer) ?? emptyReading(layer);

const emptyReading = (layer: string): ConceptReading => ({
  ...{ layer, kind: 'relevance', channels: 0, sums: new Float32Array() },
  ...{ peaks: undefined, inside: undefined, round: undefined },
});

/** A row, above zero what speaks for the class. */
function orient({ sums, channels }: ConceptReading, row: number, turned: boolean): Float32Array {
  const own = sums.slice(row * channels, (row + 1) * channels);
  return turned ? own.map((value) => -value) : own;
}

function describeNodes(
  evidence: Float32Array,
  { column, turned }: { readonly column: number; readonly turned: boolean },
): (channel: number) => Node {
  const shares = shareOfAll(evidence);
  return (channel) => {
    const own = evidence[channel] ?? 0;
    return { channel, column, relevance: turned ? -own : own, share: shares[channel] ?? 0 };
  };
}

/** Places within columns become places among all nodes. */
function joinColumns(columns: readonly Column[]): Pick<ConceptGraph, 'columns' | 'nodes' | 'edges'> {
  const starts = columns.map((_, index) => columns.slice(0, index).reduce((sum, { nodes }) => sum + nodes.length, 0));
  return {
    columns: columns.map(({ layer }) => layer),
    nodes: columns.flatMap(({ nodes }) => nodes),
    edges: columns.flatMap(({ edges }, index) =>
      edges.map((edge) => ({
        ...edge,
        from: edge.from + (starts[index - 1] ?? 0),
        to: edge.to + (starts[index] ?? 0),
      })),
    ),
  };
}
