import type { QualityCardFigure } from '#core/figures/index.ts';
import { metrics, qualityMetrics, qualityOrder } from '#shared/metrics/index.ts';
import { lightboxVersion } from '../versions.ts';
import type { QualityRecord } from './quality-record.ts';

/** The card of a model as a figure: a column for each composite. */
export function describeCardFigure(record: QualityRecord): QualityCardFigure {
  const { model, cards, dataset, split, averageShifts, seed, created } = record;
  const steps = cards[0]?.randomization ?? [];
  const pictures = cards[0]?.pictures.length ?? 0;
  const told = [...qualityOrder.map((name) => qualityMetrics[name]), metrics.weightsShuffled];
  return {
    title: `Quality of maps: ${model.name}`,
    subtitle: `Measured on ${pictures} ${pictures === 1 ? 'picture' : 'pictures'}.${averageShifts ? ' Maps are means over four one-pixel shifts of the input, moved back.' : ''}`,
    rows: [
      ...qualityOrder.map((name) => qualityMetrics[name].name),
      ...steps.map(({ shuffled, layers }) => `SSIM, ${shuffled} of ${layers} layers shuffled`),
      'SSIM of different pictures',
    ],
    columns: cards.map(({ composite, means, randomization, pairSsim, sentences }) => ({
      name: composite,
      numbers: [
        ...qualityOrder.map((name) => means[name]),
        ...randomization.map(({ ssim }) => ssim),
        { mean: pairSsim.value },
      ],
      sentences,
    })),
    legend: told.map(({ name, formula, meaning }) => `${name} = ${formula}: ${meaning}`),
    provenance: {
      model: { title: model.name, sha256: model.sha256 },
      ...(dataset !== undefined && { dataset }),
      ...(split !== undefined && { split }),
      ...{ samples: pictures, selection: `seed ${seed}`, version: lightboxVersion, created },
    },
  };
}
