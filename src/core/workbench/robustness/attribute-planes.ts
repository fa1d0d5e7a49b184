import type { Attribution } from '#core/engine/index.ts';
import { carryMap, normalizePlanes, shiftPlanes, type Planes } from '#core/imaging/index.ts';
import { sumOverColor } from '#shared/render-heatmap.ts';
import { senseRelevance } from '../relevance-sense.ts';
import type { StudyModel } from './study-model.ts';

/** What the model says of one version of a picture, and the map of it. */
export interface AttributedPlanes {
  readonly logits: Float32Array;
  readonly target: number;
  /** Relevance summed over color, as computed: height x width. */
  readonly map: Float32Array;
  /** The same with its sign turned where need be, so that above zero speaks for the target. */
  readonly sensed: Float32Array;
  readonly turned: boolean;
}

export interface AttributeOptions {
  /** Index of a class, -1 for the predicted one. */
  readonly target: number;
  readonly batchSize: number;
  /** Maps are means over the picture moved by one pixel, each moved back. */
  readonly averageShifts: boolean;
  readonly signal?: AbortSignal | undefined;
}

export interface PlanesRun {
  readonly rows: readonly AttributedPlanes[];
  /** Time spent computing, without transfers. */
  readonly milliseconds: number;
}

/** All in one call of the engine. With `averageShifts` each picture takes four passes, and the target must be known. */
export async function attributePlanes(
  model: StudyModel,
  versions: readonly Planes[],
  options: AttributeOptions,
): Promise<PlanesRun> {
  if (versions.length === 0) return { rows: [], milliseconds: 0 };
  const run = await attribute(model, options.averageShifts ? versions.flatMap(moveAround) : versions, options);
  const passes = options.averageShifts ? moves.length : 1;
  const rows = versions.map((planes, at) => {
    const first = at * passes;
    const maps = run.maps.slice(first, first + passes);
    const map = options.averageShifts ? averageMaps(planes, maps) : maps[0];
    const [logits = new Float32Array(), target = 0] = [run.logits[first], run.targets[first]];
    return senseMap(model, { logits, target, map: map ?? new Float32Array() });
  });
  return { rows, milliseconds: run.milliseconds };
}

/** To the right and down, in pixels: with stride 2 each pixel stands once at each of four places of the grid. */
const moves = [
  [0, 0],
  [1, 0],
  [0, 1],
  [1, 1],
] as const;

const moveAround = (planes: Planes): readonly Planes[] =>
  moves.map(([right, down]) => shiftPlanes(planes, right, down).planes);

/** Each map moved back, and their mean over those that show the place. */
function averageMaps(planes: Planes, maps: readonly Float32Array[]): Float32Array {
  const back = maps.map((map, at) => {
    const [right, down] = moves[at] ?? [0, 0];
    return carryMap(map, shiftPlanes(planes, right, down));
  });
  return new Float32Array(planes.width * planes.height).map((_, pixel) => {
    const shown = back.filter(({ valid }) => valid[pixel] === 1);
    return shown.reduce((sum, { values }) => sum + (values[pixel] ?? 0), 0) / shown.length;
  });
}

interface Rows extends Pick<Attribution, 'targets' | 'milliseconds'> {
  readonly logits: readonly Float32Array[];
  /** Summed over color. */
  readonly maps: readonly Float32Array[];
}

async function attribute(
  { engine, file, opened }: StudyModel,
  versions: readonly Planes[],
  { target, batchSize, signal }: AttributeOptions,
): Promise<Rows> {
  const { input } = file.manifest.manifest;
  const { channels, height, width } = opened.network.input;
  const images = new Float32Array(versions.length * channels * height * width);
  for (const [row, planes] of versions.entries()) {
    images.set(normalizePlanes(planes, input), row * channels * height * width);
  }
  const targets = versions.map(() => target);
  const call = { handle: opened.handle, images, targets, initial: 'one' } as const;
  const done = await engine.attribute(call, { batchSize, signal });
  const cut = (values: Float32Array): readonly Float32Array[] => {
    const length = values.length / versions.length;
    return versions.map((_, row) => values.slice(row * length, (row + 1) * length));
  };
  const maps = cut(done.relevance).map((relevance) => sumOverColor(relevance, channels));
  return { logits: cut(done.logits), maps, targets: done.targets, milliseconds: done.milliseconds };
}

/** A map as it is shown beside the one computed. */
export function senseMap(
  { meaning }: Pick<StudyModel, 'meaning'>,
  row: Pick<AttributedPlanes, 'logits' | 'map' | 'target'>,
): AttributedPlanes {
  const logit = row.logits[row.target] ?? NaN;
  const { turned } = senseRelevance({ meaning, initialRelevance: 'one', logit });
  return { ...row, turned, sensed: turned ? row.map.map((value) => -value) : row.map };
}
