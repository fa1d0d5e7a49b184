import type { ConceptLayer } from '#core/catalog/index.ts';
import type { DatasetJobReport } from '../collection/predict-dataset.ts';
import type { ReferencePick } from './best-samples.ts';
import type { ConceptPage } from './concept-page.ts';
import type { ConceptStatistics } from './concept-statistics.ts';
import type { CarrierReport } from './list-carriers.ts';
import type { Ranking } from './reference-request.ts';

/** What is known of a dataset's reference samples, for people and programs. No names of files. */
export interface ReferenceReport extends DatasetJobReport {
  readonly split: string | null;
  readonly ranking: Ranking;
  /** What relevance and pictures were computed with. */
  readonly composite: string;
  readonly layers: readonly { readonly name: string; readonly channels: number }[];
  /** Pictures that are ranked. */
  readonly pictures: number;
  /** Pictures among them whose label has a negative logit. */
  readonly negativeLogits: number;
  /** Whether such a picture's relevance has its sign turned, so that it ranks by what speaks against its label. */
  readonly negativeLogitsInvert: boolean;
  readonly concepts: readonly ConceptReport[];
  /** Samples by what the named concepts carry, where they were asked for. */
  readonly carriers?: readonly CarrierReport[] | undefined;
  /** Saved in the folder. */
  readonly files: readonly string[];
}

export interface ConceptReport {
  readonly layer: string;
  readonly channel: number;
  readonly meanScore: number;
  readonly samples: readonly PickReport[];
  readonly classes: readonly ClassReport[];
  readonly page?: PageReport | undefined;
}

export interface PickReport {
  /** In the catalog. */
  readonly sample: number;
  readonly class: string | null;
  readonly split: string | null;
  readonly score: number;
  /** The neuron of the layer where the concept is strongest; null where the layer has no positions. */
  readonly neuron: { readonly row: number; readonly column: number } | null;
  readonly logit: number | null;
  readonly hasNegativeLogit: boolean;
  /** It ranks by what speaks against its label. */
  readonly isInverted: boolean;
}

export interface ClassReport {
  readonly class: string | null;
  readonly pictures: number;
  readonly meanOfBest10: number;
  readonly amongTop5: number;
  /** Where reference samples of each class were asked for. */
  readonly samples?: readonly PickReport[];
}

export interface PageReport {
  readonly samples: number;
  readonly meanMap: string | null;
  readonly feeds: ConceptPage['feeds'];
}

export interface DescribedConcept {
  readonly layer: ConceptLayer;
  readonly statistics: ConceptStatistics;
  readonly perClass: boolean;
  readonly isInverted: (logit: number | undefined) => boolean;
}

export function describeConcept({ layer, statistics, perClass, isInverted }: DescribedConcept): ConceptReport {
  const describe = (pick: ReferencePick): PickReport => describePick(pick, layer, isInverted);
  return {
    ...{ layer: layer.name, channel: statistics.channel, meanScore: statistics.meanScore },
    samples: statistics.best.map(describe),
    classes: statistics.classes.map(({ label, pictures, meanOfBest, amongTop, best }) => ({
      ...{ class: label === '' ? null : label, pictures, meanOfBest10: meanOfBest, amongTop5: amongTop },
      ...(perClass && { samples: best.map(describe) }),
    })),
  };
}

function describePick(
  { sampleId, label, split, score, position, logit }: ReferencePick,
  { height, width }: ConceptLayer,
  isInverted: DescribedConcept['isInverted'],
): PickReport {
  return {
    ...{ sample: sampleId, class: label === '' ? null : label, split: split === '' ? null : split, score },
    neuron:
      height === undefined || width === undefined
        ? null
        : { row: Math.floor(position / width), column: position % width },
    ...{ logit: logit ?? null, hasNegativeLogit: (logit ?? 0) < 0, isInverted: isInverted(logit) },
  };
}

/** "RelMax: relevance for the sample's own class, summed over positions, as a share of the layer" */
export function describeRanking({ by, sum, normalised }: Ranking): string {
  const what =
    by === 'relevance' ? "RelMax: relevance for the sample's own class" : "ActMax: the layer's output before its ReLU";
  const how = sum === 'sum' ? 'summed over positions' : 'at its highest position';
  const unit = normalised ? 'as a share of all channels of the layer' : 'not normalised';
  return `${what}, ${how}, ${unit}`;
}
