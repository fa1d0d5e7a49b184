import { keepChannels, type Condition, type Engine, type OpenedModel, type OpenRequest } from '#core/engine/index.ts';
import { assignRules, type Composite, type Network } from '#core/relevance/index.ts';
import { LightboxError } from '#shared/errors.ts';
import type { Concept } from '../concept-layers.ts';
import type { ConditionMode } from './concepts-request.ts';

/** What a mode needs of the opened model, and how it makes the maps of concepts. */
export interface MapMaking {
  readonly open: (layers: readonly string[]) => Pick<OpenRequest, 'starts' | 'conditions'>;
  /** [concepts, channels, height, width] */
  readonly compute: (run: MapRun, concepts: readonly Concept[]) => Promise<readonly Float32Array[]>;
}

export interface MapRun {
  readonly engine: Engine;
  readonly opened: OpenedModel;
  /** One picture, [channels, height, width]. */
  readonly image: Float32Array;
  readonly target: number;
  readonly initial: 'one' | 'logit';
  readonly batchSize: number;
  readonly signal: AbortSignal | undefined;
}

const masked: MapMaking['open'] = (layers) => ({ conditions: layers.map((layer) => ({ layer, mode: 'masked' })) });

export const mapMaking: Readonly<Record<ConditionMode, MapMaking>> = {
  through: {
    open: (layers) => ({ starts: layers.map((layer) => ({ layer, from: 'relevance' })) }),
    compute: passThrough,
  },
  masked: {
    open: masked,
    compute: (run, concepts) =>
      mask(
        run,
        concepts.map((concept) => [concept, [concept.channel]]),
      ),
  },
  difference: { open: masked, compute: subtract },
};

async function passThrough(run: MapRun, concepts: readonly Concept[]): Promise<readonly Float32Array[]> {
  if (concepts.length === 0) return [];
  const conditions = concepts.map(({ layer, channel }): Condition => [
    { layer, channels: keepChannels(countChannels(run, layer), [channel]) },
  ]);
  const { handle } = run.opened;
  const { image, target, initial, batchSize, signal } = run;
  const { relevance } = await run.engine.condition(
    { handle, image, target, initial, conditions },
    { batchSize, signal },
  );
  return cut(relevance, image.length);
}

/** Rows in which only the given channels of one layer are left, with all that goes round it. */
async function mask(
  run: MapRun,
  rows: readonly (readonly [Concept, readonly number[]])[],
): Promise<readonly Float32Array[]> {
  const { opened, image, target, initial, batchSize, signal } = run;
  const layers = [...new Set(rows.map(([{ layer }]) => layer))];
  const masks = layers.map((layer) => {
    const channels = countChannels(run, layer);
    const values = new Float32Array(rows.length * channels).fill(1);
    rows.forEach(([concept, kept], row) => {
      if (concept.layer === layer) values.set(keepChannels(channels, kept), row * channels);
    });
    return { layer, values };
  });
  const { relevance } = await run.engine.attribute(
    { handle: opened.handle, images: image, targets: rows.map(() => target), initial, masks },
    { batchSize, signal },
  );
  return cut(relevance, image.length);
}

/** The report's own way: with the concept, less with none. One pass with none serves all concepts of a layer. */
async function subtract(run: MapRun, concepts: readonly Concept[]): Promise<readonly Float32Array[]> {
  const maps: Float32Array[] = [];
  for (const layer of new Set(concepts.map((concept) => concept.layer))) {
    const own = concepts.filter((concept) => concept.layer === layer);
    const [none = new Float32Array(), ...conditioned] = await mask({ ...run, batchSize: own.length + 1 }, [
      [{ layer, channel: 0 }, []],
      ...own.map((concept) => [concept, [concept.channel]] as const),
    ]);
    maps.push(...conditioned.map((map) => map.map((value, i) => value - (none[i] ?? 0))));
  }
  return maps;
}

function countChannels({ opened }: MapRun, layer: string): number {
  return opened.network.layers.find(({ name }) => name === layer)?.channels ?? 0;
}

function cut(values: Float32Array, length: number): readonly Float32Array[] {
  return Array.from({ length: values.length / length }, (_, i) => values.subarray(i * length, (i + 1) * length));
}

/** Rules under which what comes out is not in proportion to what goes in, so that maps cannot be subtracted (docs/concepts.md). */
const nonLinearRules = new Set(['GuidedBackprop', 'DeconvNet']);

/** Throws `request/invalid` where the mode has no meaning under the composite. */
export function checkMode(mode: ConditionMode, network: Network, composite: Composite): void {
  if (mode !== 'difference') return;
  const rule = [...assignRules(network, composite).values()].find((assigned) => nonLinearRules.has(assigned.rule));
  if (!rule) return;
  throw new LightboxError(
    'request/invalid',
    `${composite.name} cannot be explained by two passes and their difference: its rule ${rule.rule} cuts relevance off below zero, so what is left of a sum is not the sum of what is left; use the mode "through".`,
  );
}
