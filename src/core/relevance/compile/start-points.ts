import { LightboxError } from '#shared/errors.ts';
import type { Layer, Network } from '../network/network.ts';
import { findLayer } from './find-layer.ts';
import type { Forward } from './forward.ts';
import type { Flow, RelevancePass } from './relevance-pass.ts';
import type { Groups, RowGroups } from './row-groups.ts';
import type { Tensor, TensorWriter } from './tensor.ts';

/**
 * A layer at which rows of their own may begin, each with chosen channels and positions of what is there. What goes round the
 * layer never enters them, so that a row is exactly what passes these concepts, whatever the graph (Achtibat et al. 2023;
 * the restart of zennit-crp's exclude_parallel). `relevance`: from the relevance that arrives in another row, so that rows that
 * begin from rows that began above form a chain; `activation`: from the layer's own output.
 */
export interface StartPoint {
  readonly layer: string;
  readonly from: 'relevance' | 'activation';
}

/** What a run is given for a start point. */
export interface StartInputs extends StartPoint {
  /** The group its rows form; groups are numbered on the way back from the output, from 1. */
  readonly group: number;
  /** [rows, channels]: a factor for each channel. */
  readonly channels: string;
  readonly channelCount: number;
  /** [rows, 1, height, width]: a factor for each position; undefined behind the flattening. */
  readonly positions: string | undefined;
  readonly size: readonly [height: number, width: number] | undefined;
  /** [rows]: which row of the groups of `sources`, one after the other, each row begins from. */
  readonly source: string | undefined;
  readonly sources: Groups;
}

/** Writes rows that begin; `list` tells what was written, once the walk is over. */
export interface Beginnings {
  readonly begin: RelevancePass['begin'];
  readonly list: () => readonly StartInputs[];
}

export function createBeginnings(
  { writer, forward, rowGroups }: { writer: TensorWriter; forward: Forward; rowGroups: RowGroups },
  network: Network,
  points: readonly StartPoint[],
): Beginnings {
  const byValue = new Map(points.map((point) => [findLayer(network, point.layer).output, point]));
  const written: StartInputs[] = [];
  const begin: RelevancePass['begin'] = (value, arriving) => {
    const point = byValue.get(value);
    if (!point) return undefined;
    const origin = point.from === 'activation' ? forward.value(value) : arriving?.relevance;
    if (!origin) throw new LightboxError('layer/unknown', `No relevance reaches the layer "${point.layer}".`);
    const layer = findLayer(network, point.layer);
    const inputs = writeInputs(writer, { point, layer, group: written.length + 1, sources: arriving?.groups ?? [] });
    written.push(inputs);
    rowGroups.add(inputs.group, inputs.channels);
    const rows = keepChosen(writer, chooseRows(writer, origin, inputs), inputs);
    if (!arriving) return { relevance: rows, groups: [inputs.group] };
    return joinRows(rowGroups, arriving, { rows, group: inputs.group });
  };
  return { begin, list: () => written };
}

function joinRows(rowGroups: RowGroups, arriving: Flow, { rows, group }: { rows: Tensor; group: number }): Flow {
  return { relevance: rowGroups.join([arriving.relevance, rows]), groups: [...arriving.groups, group] };
}

interface Place {
  readonly point: StartPoint;
  readonly layer: Layer;
  readonly group: number;
  readonly sources: Groups;
}

function writeInputs({ graph }: TensorWriter, { point, layer, group, sources }: Place): StartInputs {
  const rows = `rows_${String(group)}`;
  const { channels, height, width } = layer;
  const size = height === undefined || width === undefined ? undefined : ([height, width] as const);
  return {
    ...point,
    ...{ group, sources, size, channelCount: channels },
    channels: graph.input(`channels_${String(group)}`, [rows, channels]),
    positions: size && graph.input(`positions_${String(group)}`, [rows, 1, ...size]),
    source: point.from === 'relevance' ? graph.input(`source_${String(group)}`, [rows], 'int64') : undefined,
  };
}

/** The row each new row begins from; an activation is one row that all begin from. */
function chooseRows({ graph }: TensorWriter, origin: Tensor, { source }: StartInputs): Tensor {
  if (source === undefined) return origin;
  return { ...origin, name: graph.emit('Gather', [origin.name, source], { attributes: { axis: 0 } }) };
}

function keepChosen(writer: TensorWriter, rows: Tensor, { channels, positions }: StartInputs): Tensor {
  const kept = writer.scaleChannels(rows, channels);
  return positions === undefined ? kept : writer.scalePositions(kept, positions);
}
