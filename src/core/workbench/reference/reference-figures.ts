import type { ReferenceCell, ReferenceRow, ReferenceSheet } from '#core/figures/index.ts';
import { getColorMap, positiveColorMap } from '#shared/color-maps.ts';
import { renderHeatmap } from '#shared/render-heatmap.ts';
import { lightboxVersion } from '../versions.ts';
import type { ReferencePick } from './best-samples.ts';
import type { ConceptPage } from './concept-page.ts';
import type { ConceptStatistics } from './concept-statistics.ts';
import { describeRanking } from './describe-reference.ts';
import type { ReadDataset } from './read-concepts.ts';
import type { PictureFinder, ShownConcept } from './reference-pictures.ts';
import type { Ranking, ReferenceRequest } from './reference-request.ts';

/** Reference samples shown of a concept. */
export const SAMPLES_SHOWN = 8;

/** A concept with all that a sheet says of it. */
export interface SheetConcept extends ShownConcept {
  readonly statistics: ConceptStatistics;
  readonly page: ConceptPage | undefined;
  /** Stands in the heading where the samples are those of one class. */
  readonly ofClass?: string | undefined;
}

export interface SheetPlan {
  readonly read: ReadDataset;
  readonly ranking: Ranking;
  readonly request: Pick<ReferenceRequest, 'show' | 'theme' | 'split'>;
  readonly composite: string;
  readonly pictures: number;
  readonly isInverted: (logit: number | undefined) => boolean;
  readonly findPicture: PictureFinder;
}

export function composeReferenceSheet(plan: SheetPlan, concepts: readonly SheetConcept[]): ReferenceSheet {
  const { read, ranking, request, composite, pictures } = plan;
  const { model, dataset } = read;
  const title = model.title ?? model.file.replace(/\.onnx$/, '');
  const { theme, split } = request;
  const rows = concepts.map((concept) => composeRow(plan, concept));
  return {
    title: `Reference samples: ${title} on ${dataset.name}${split === undefined ? '' : `, ${split}`}`,
    subtitle: `${describeRanking(ranking)} \u00b7 ${composite}`,
    ...{ rows, theme, legend: writeLegend(plan, concepts) },
    provenance: {
      model: { title, sha256: model.sha256 },
      ...{ dataset: dataset.name, ...(split !== undefined && { split }), samples: pictures },
      ...{ version: lightboxVersion, created: new Date().toISOString() },
    },
  };
}

function composeRow(plan: SheetPlan, concept: SheetConcept): ReferenceRow {
  const { layer, channel, picks, ofClass } = concept;
  return {
    heading: `${layer.name} \u00b7 channel ${channel}${ofClass === undefined ? '' : ` \u00b7 ${nameClass(ofClass)}`}`,
    notes: ofClass === undefined ? describeStanding(concept, plan.ranking) : [],
    inset: ofClass === undefined && concept.page ? composeInset(concept.page) : undefined,
    cells: picks.flatMap((pick) => composeCell(plan, concept, pick)),
  };
}

/** How the concept stands over the dataset and by class. */
function describeStanding({ statistics }: SheetConcept, ranking: Ranking): readonly string[] {
  const { meanScore, classes } = statistics;
  const byClass = classes.map(
    ({ label, meanOfBest, amongTop }) =>
      `${nameClass(label)} ${formatScore(meanOfBest, ranking)}, among the top 5 on ${(100 * amongTop).toFixed(0)}%`,
  );
  return [
    `Mean over all pictures ${formatScore(meanScore, ranking)} \u00b7 mean of the best 10 by class: ${byClass.join(' \u00b7 ')}`,
  ];
}

/** Where the concept fires on average. */
function composeInset({ meanMap, samples, feeds }: ConceptPage): ReferenceRow['inset'] {
  const style = { colorMap: getColorMap(positiveColorMap), range: 'from-zero' } as const;
  const { width, height, values } = meanMap;
  const { rgb } = renderHeatmap(values, style);
  const fed = feeds.map(({ layer, concepts }) => {
    const shares = concepts.map(({ channel, share }) => `${channel} (${(100 * share).toFixed(0)}%)`);
    return `What flows through it comes from ${layer}: channels ${shares.join(', ')}.`;
  });
  return {
    picture: { width, height, channels: 3, depth: 8, samples: rgb, format: 'png', sha256: '', warnings: [] },
    lines: [
      `Where it fires: relevance through this concept alone on the model's input, mean of its ${samples} best samples.`,
      ...fed,
    ],
  };
}

function composeCell(plan: SheetPlan, concept: SheetConcept, pick: ReferencePick): readonly ReferenceCell[] {
  const found = plan.findPicture(concept, pick);
  if (!found) return [];
  const { whole, box, part, isEmpty } = found;
  const score = `${formatScore(pick.score, plan.ranking)}${plan.ranking.normalised ? ' of the layer' : ''}`;
  const caption = [nameClass(pick.label), score, ...(isEmpty ? ['nothing drives it up'] : [])];
  return [{ whole, box, part, caption, mark: markOf(plan, pick) }];
}

function markOf({ isInverted }: SheetPlan, { logit }: ReferencePick): string | undefined {
  if (logit === undefined || logit >= 0) return undefined;
  return `${isInverted(logit) ? 'inverted, ' : ''}logit ${logit.toFixed(1).replace('-', '\u2212')}`;
}

function writeLegend({ request, isInverted }: SheetPlan, concepts: readonly SheetConcept[]): readonly string[] {
  const marked = concepts.some(({ picks }) => picks.some(({ logit = 0 }) => logit < 0));
  const shown =
    request.show === 'heatmap'
      ? 'with the map of that neuron in color (orange drives it up, blue down)'
      : 'with all that does not drive it dimmed, and the rest spread over the whole range of brightness';
  return [
    `Upper row: the whole picture; the frame is what the concept's strongest neuron looks at. Lower row: that part, widened where it is narrow, ${shown}.`,
    'A picture shows what makes the neuron fire, which need not be what makes it count for the class.',
    ...(marked
      ? [
          isInverted(-1)
            ? 'Red: the logit of its own class is negative, which turns the sign of relevance here: it ranks high by what speaks against its class.'
            : 'Red: the logit of its own class is negative: the model decides against the class this sample is ranked for.',
        ]
      : []),
  ];
}

const nameClass = (label: string): string => (label === '' ? 'without a label' : label);

/** Normalised scores in percent, others in three digits. */
function formatScore(score: number, { normalised }: Ranking): string {
  const text = normalised ? `${(100 * score).toFixed(1)}%` : score.toPrecision(3);
  return text.replace('-', '\u2212');
}
