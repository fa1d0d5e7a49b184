import { heading, list, table, text, type ReportBlock } from '#core/figures/index.ts';
import { metrics, qualityMetrics, qualityOrder } from '#shared/metrics/index.ts';
import { titleOfModel } from '../figures/title-of-model.ts';
import type { QualityCard } from '../quality/quality-record.ts';
import type { ModelFindings } from './collect-model.ts';
import { percent, share, withInterval } from './report-numbers.ts';

/** What of a map's quality can be told of a model; the card where the catalog keeps one. */
export type JudgedModel = Pick<ModelFindings, 'record' | 'quality' | 'card'>;

/** What the maps are worth: what every map tells by itself, and what was measured on some pictures. */
export function describeQuality(models: readonly JudgedModel[]): readonly ReportBlock[] {
  const { conservation } = metrics;
  const rows = models.map(({ record, quality }) => [
    titleOfModel(record),
    String(quality.conservation.cases),
    withInterval(quality.conservation.mean, quality.conservation.interval),
    withInterval(quality.checker.mean, quality.checker.interval, percent),
  ]);
  return [
    table(
      `Means over all maps with 95% intervals. ${conservation.name}: ${conservation.formula}. White noise has a checker pattern of 7%.`,
      { head: ['Model', 'Maps', 'Conservation residual', 'Checker pattern'], rows, shares: [3, 1, 2, 2] },
    ),
    text(
      'A residual well above 0 says that biases and the stabilizer keep a part of the relevance: shares then are shares of what is left.',
    ),
    ...models.flatMap(describeCard),
  ];
}

function describeCard({ record, card }: JudgedModel): readonly ReportBlock[] {
  const title = titleOfModel(record);
  if (!card)
    return [
      text(
        `Whether maps of ${title} follow the weights, tell classes apart and order pixels rightly was not measured; "lightbox quality" on this dataset does, and the next report has it.`,
      ),
    ];
  const count = `${card.pictures.length} ${card.pictures.length === 1 ? 'picture' : 'pictures'}`;
  return [
    heading(`The quality card of ${title}`),
    table(`Means over ${count} with 95% intervals, by ${card.composite}.`, {
      head: ['Number', 'Mean', 'How to read it'],
      rows: [...listMeasured(card), ...listShuffled(card)],
      shares: [2.4, 2.2, 5],
    }),
    list(card.sentences),
  ];
}

const listMeasured = ({ means }: QualityCard): readonly string[][] =>
  qualityOrder.map((name) => {
    const { mean, interval } = means[name];
    return [qualityMetrics[name].name, withInterval(mean, interval), qualityMetrics[name].meaning];
  });

const listShuffled = ({ randomization, pairSsim }: QualityCard): readonly string[][] => [
  ...randomization.map(({ shuffled, layers, ssim: { mean, interval } }) => [
    `SSIM, ${shuffled} of ${layers} layers shuffled`,
    withInterval(mean, interval),
    metrics.weightsShuffled.meaning,
  ]),
  ['SSIM of different pictures', share(pairSsim.value), 'what maps have in common that say different things'],
];
