import type { QualityCardFigure } from '#core/figures/index.ts';
import { qualityMeasureOrder, qualityMeasureTexts, randomizationText } from '#shared/quality-measures.ts';
import { lightboxVersion } from '../versions.ts';
import type { QualityRecord } from './quality-record.ts';

/** The card of a model as a figure: a column for each composite. */
export function describeCardFigure(record: QualityRecord): QualityCardFigure {
  const { model, cards, dataset, split, averageShifts, seed, created } = record;
  const steps = cards[0]?.randomization ?? [];
  const pictures = cards[0]?.pictures.length ?? 0;
  const texts = [...qualityMeasureOrder.map((name) => qualityMeasureTexts[name]), randomizationText];
  return {
    title: `Quality of maps: ${model.name}`,
    subtitle: `Measured on ${pictures} ${pictures === 1 ? 'picture' : 'pictures'}.${averageShifts ? ' Maps are means over four one-pixel shifts of the input, moved back.' : ''}`,
    rows: [
      ...qualityMeasureOrder.map((name) => qualityMeasureTexts[name].title),
      ...steps.map(({ shuffled, layers }) => `SSIM, ${shuffled} of ${layers} layers shuffled`),
      'SSIM of different pictures',
    ],
    columns: cards.map(({ composite, means, randomization, pairSsim, sentences }) => ({
      name: composite,
      numbers: [
        ...qualityMeasureOrder.map((name) => means[name]),
        ...randomization.map(({ ssim }) => ssim),
        { mean: pairSsim.value },
      ],
      sentences,
    })),
    legend: texts.map(({ title, definition }) => `${title}: ${definition}`),
    provenance: {
      model: { title: model.name, sha256: model.sha256 },
      ...(dataset !== undefined && { dataset }),
      ...(split !== undefined && { split }),
      ...{ samples: pictures, selection: `seed ${seed}`, version: lightboxVersion, created },
    },
  };
}
