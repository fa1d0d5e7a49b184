import type { RegionVerdict } from '#shared/region-verdicts.ts';
import { definedOf } from '#shared/measurement.ts';
import { computeEnrichment } from '../regions/enrichment.ts';
import { computeAbsoluteShare, type RelevanceMap } from '../regions/relevance-share.ts';
import { judgeClass, type ClassEffect } from './net-effect.ts';
import type { PixelMask } from './pixel-planes.ts';
import { scales, type FillEffect } from './removal-effect.ts';
import type { AuditThresholds } from './thresholds.ts';
import { joinVerdicts, judgeVerdict } from './verdict.ts';

/** What a region does to one class. */
export interface ClassJudgement {
  /** Share of relevance of either sign in what is taken away, and over its share of area; undefined where the map holds none. */
  readonly share: number | undefined;
  readonly enrichment: number | undefined;
  readonly effects: readonly ClassEffect[];
  readonly verdict: RegionVerdict;
}

export interface RegionJudgement {
  /** By class. */
  readonly classes: readonly ClassJudgement[];
  readonly verdict: RegionVerdict;
}

interface JudgeRequest {
  readonly mask: PixelMask;
  /** By class; undefined where a class was not explained. */
  readonly maps: readonly RelevanceMap[];
  readonly effects: readonly FillEffect[];
  readonly controls: number;
}

/** Where relevance lies against what taking it away does, for every class and for all together. */
export function judgeRegion(
  { mask, maps, effects, controls }: JudgeRequest,
  thresholds: AuditThresholds,
): RegionJudgement {
  const classes = maps.map((map, label): ClassJudgement => {
    const region = { width: map.width, height: map.height, coverage: Float32Array.from(mask) };
    const share = computeAbsoluteShare(map, region);
    const enrichment = definedOf(computeEnrichment(share, region));
    const found = scales.flatMap((scale) => judgeClass(effects, { label, scale }, thresholds) ?? []);
    const verdict = judgeVerdict({ enrichment, effects: found, controls }, thresholds);
    return { share: definedOf(share), enrichment, effects: found, verdict };
  });
  return { classes, verdict: joinVerdicts(classes.map(({ verdict }) => verdict)) };
}
