import type { KeptCard, ReadonlyCatalog } from '#core/catalog/index.ts';
import type { MeanWithInterval } from '#core/audit/index.ts';
import type { CardNumberView, QualityCardView } from '#shared/contract/robustness.ts';
import { reasonOf } from '#shared/measurement.ts';
import { qualityOrder } from '#shared/metrics/index.ts';
import { z } from 'zod';
import { readKeptCard } from '../../quality/kept-card.ts';

const settingsSchema = z.object({ averageShifts: z.boolean() });

/** The cards of a model, the latest first; those of another form are passed over. Throws `model/not-found`. */
export function listQualityCards(catalog: ReadonlyCatalog, model: number): QualityCardView[] {
  return catalog.snapshot(() => {
    const { id } = catalog.models.get(model);
    return catalog.qualityCards.list(id).flatMap((kept) => showCard(catalog, kept) ?? []);
  });
}

function showCard(catalog: ReadonlyCatalog, kept: KeptCard): QualityCardView | undefined {
  const card = readKeptCard(kept);
  if (!card) return undefined;
  const { composite, pictures, means, randomization, pairSsim, passesRandomization, sentences } = card;
  const reason = reasonOf(pairSsim);
  return {
    ...{ composite, pictures: pictures.length, sentences: [...sentences], createdMs: kept.createdMs },
    dataset: catalog.datasets.get(kept.dataset).name,
    averageShifts: settingsSchema.safeParse(kept.settings).data?.averageShifts ?? false,
    means: Object.fromEntries(qualityOrder.map((name) => [name, showMean(means[name])])) as QualityCardView['means'],
    randomization: randomization.map(({ shuffled, layers, ssim }) => ({ shuffled, layers, ssim: showMean(ssim) })),
    pairSsim: reason === undefined ? { value: pairSsim.value } : { reason },
    ...(passesRandomization !== undefined && { passesRandomization }),
  };
}

function showMean({ mean, cases, interval }: MeanWithInterval): CardNumberView {
  if (Number.isNaN(mean)) return { cases };
  return { mean, cases, ...(interval && { low: interval.low, high: interval.high }) };
}
