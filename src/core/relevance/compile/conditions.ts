import type { Network } from '../network/network.ts';
import { findLayer } from './find-layer.ts';
import type { RelevancePass } from './relevance-pass.ts';
import type { GraphWriter } from './writer.ts';

/**
 * Lets relevance pass only through chosen channels of a layer. `through` keeps exactly what passes the layer; `masked` also keeps
 * what goes round it (a shortcut). Several `through` conditions form a chain, the layer nearest the output first.
 */
export interface ConditionPoint {
  readonly layer: string;
  readonly mode: 'through' | 'masked';
}

export interface Mask extends ConditionPoint {
  readonly input: string;
  readonly channels: number;
  /** The value the condition stands at. */
  readonly value: string;
}

export function writeMasks(
  graph: GraphWriter,
  network: Network,
  { points, rows }: { points: readonly ConditionPoint[]; rows: string },
): readonly Mask[] {
  return points.map((point, i) => {
    const { channels, output } = findLayer(network, point.layer);
    return { ...point, channels, value: output, input: graph.input(`mask_${String(i)}`, [rows, channels]) };
  });
}

export function conditionAt(masks: readonly Mask[]): RelevancePass['condition'] {
  return (value) => {
    const mask = masks.find((candidate) => candidate.value === value);
    return mask && { factors: mask.input, restart: mask.mode === 'through' };
  };
}
