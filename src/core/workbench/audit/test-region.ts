import {
  computePositiveShare,
  computeRemovalEffects,
  createFrameControls,
  createRemovalMask,
  createVariants,
  declaredThresholds,
  judgeRegion,
  placeControls,
  sizeOfMask,
  type AuditThresholds,
  type FillEffect,
  type MatchedControls,
  type PixelMask,
  type PixelPlanes,
  type RegionJudgement,
  type RegionMask,
  type RelevanceMap,
  type Variant,
  type VariantRequest,
} from '#core/audit/index.ts';
import type { Engine, RunOptions } from '#core/engine/index.ts';
import { LightboxError } from '#shared/errors.ts';
import { definedOf } from '#shared/measurement.ts';
import { explainClasses } from './explain-classes.ts';
import { predictVariants } from './predict-variants.ts';
import type { RegionModel } from './region-model.ts';

export interface RemovalRequest {
  /** The picture as the model receives it, channels x height x width. */
  readonly tensor: Float32Array;
  /** What is tested, on the pixels of the model's input. */
  readonly region: RegionMask;
  /** Other marks: no control touches them, no fill copies from them. */
  readonly others?: readonly RegionMask[] | undefined;
  /** The region is a frame; its controls are frames further in. */
  readonly isFrame?: boolean | undefined;
  /** 12 when not given. */
  readonly controls?: number | undefined;
  /** Decides where controls lie and how grain falls. */
  readonly seed: string;
}

export interface RemovalPlan extends Omit<VariantRequest, 'controls'> {
  readonly controls: MatchedControls;
}

interface RegionTestRequest extends RemovalRequest {
  readonly engine: Engine;
  readonly model: RegionModel;
  readonly thresholds?: AuditThresholds | undefined;
  readonly signal?: RunOptions['signal'];
  /** Told how many of the pictures were predicted. */
  readonly onBatch?: ((done: number, total: number) => void) | undefined;
}

/** What came of taking a region away. */
export interface RegionTest extends RegionJudgement {
  /** Answer to the picture as it is, by class. */
  readonly logits: Float32Array;
  /** Share of positive relevance in the region as drawn, by class; undefined without positive relevance. */
  readonly positiveShares: readonly (number | undefined)[];
  readonly fills: readonly FillEffect[];
  /** Pixels taken away. */
  readonly removed: PixelMask;
  readonly controls: MatchedControls;
  readonly variants: readonly Variant[];
  readonly picture: PixelPlanes;
  readonly maps: readonly RelevanceMap[];
  readonly thresholds: AuditThresholds;
}

const DEFAULT_CONTROLS = 12;

/**
 * Takes a region out of a picture in several ways, does the same to matched controls, and judges the difference for every class beside the
 * relevance that lies there. Throws `request/invalid` for a region the model does not see.
 */
export async function testRegion(request: RegionTestRequest): Promise<RegionTest> {
  const { engine, model, region, thresholds = declaredThresholds, signal } = request;
  const { controls, ...plan } = planRemoval(request);
  const { picture, mask: removed } = plan;
  const variants = createVariants({ ...plan, controls: controls.masks });
  const maps = await explainClasses(engine, model, { picture, signal });
  const pictures = [picture, ...variants.map((variant) => variant.picture)];
  const [original = new Float32Array(), ...answers] = await predictVariants(engine, model, {
    ...{ pictures, signal, onBatch: request.onBatch },
  });
  const fills = computeRemovalEffects(variants, { original, variants: answers });
  const judged = judgeRegion({ mask: removed, maps, effects: fills, controls: controls.masks.length }, thresholds);
  const positiveShares = maps.map((map) => definedOf(computePositiveShare(map, region)));
  return { ...judged, logits: original, positiveShares, fills, removed, controls, variants, picture, maps, thresholds };
}

/** What is taken away, and what is for comparison; the same for the same request. Throws `request/invalid` as `testRegion`. */
export function planRemoval(request: RemovalRequest): RemovalPlan {
  const { region, tensor, seed } = request;
  const { width, height } = region;
  const mask = createRemovalMask(region);
  if (sizeOfMask(mask) === 0) {
    const sentence = 'The region lies outside of what the model sees of the picture; mark something inside of it.';
    throw new LightboxError('request/invalid', sentence);
  }
  const picture = { channels: tensor.length / (width * height), width, height, values: tensor };
  return { picture, mask, controls: chooseControls(request, mask), avoid: joinOthers(request, mask), seed };
}

function chooseControls(request: RemovalRequest, removed: PixelMask): MatchedControls {
  const { region, isFrame = false, controls: count = DEFAULT_CONTROLS, seed } = request;
  const { width, height } = region;
  if (isFrame)
    return {
      masks: createFrameControls({ width, height, mask: removed }, count),
      tolerance: undefined,
      kind: 'frames',
    };
  return placeControls({ width, height, mask: removed, avoid: joinOthers(request, removed), count, seed });
}

/** Pixels of the other marks, with their edges, that the region itself does not cover. */
function joinOthers({ others = [] }: RemovalRequest, removed: PixelMask): PixelMask {
  const joined = new Uint8Array(removed.length);
  for (const other of others) {
    createRemovalMask(other).forEach((inside, pixel) => {
      if (inside === 1 && removed[pixel] === 0) joined[pixel] = 1;
    });
  }
  return joined;
}
