import type { CompositeCaution } from '#shared/composite-cautions.ts';
import type { QualityCard } from './quality-record.ts';

/** Above it a map does not answer why this class (Sixt et al., 2020). */
const SAME_MAP = 0.95;

type Judged = Omit<QualityCard, 'sentences'>;

/** What a careful reader would say of the numbers. */
export function judgeCard(card: Judged, isResidual: boolean): readonly string[] {
  return [
    ...cautionsOf(card.caution, isResidual),
    judgeClasses(card),
    judgeRandomization(card),
    judgeGain(card),
  ].filter((sentence) => sentence !== undefined);
}

function cautionsOf(caution: CompositeCaution | undefined, isResidual: boolean): readonly string[] {
  if (!caution) return [];
  return [caution.caution, ...(isResidual && caution.residualCaution !== undefined ? [caution.residualCaution] : [])];
}

function judgeClasses({ means: { classCosine } }: Judged): string | undefined {
  if (!(classCosine.mean > SAME_MAP)) return undefined;
  return `Maps of two classes are nearly one (cosine ${classCosine.mean.toFixed(2)}): they do not say why this class and not the other.`;
}

function judgeRandomization({ passesRandomization, randomization, pairSsim }: Judged): string {
  const all = randomization.at(-1);
  if (passesRandomization === undefined || !all) {
    const reason = all?.reason ?? 'it needs maps of at least two pictures';
    return `The weight randomization check could not be decided: ${reason}.`;
  }
  const numbers = `SSIM ${all.ssim.mean.toFixed(2)} with all weights shuffled, ${pairSsim.value.toFixed(2)} between maps of different pictures`;
  return passesRandomization
    ? `The maps depend on the weights: ${numbers}.`
    : `The maps fail the weight randomization check: ${numbers}; they hardly depend on what the network learned.`;
}

function judgeGain({ means: { relevanceGain }, pictures }: Judged): string | undefined {
  const band = pictures.flatMap(({ randomGains }) => randomGains).map(Math.abs).sort((a, b) => a - b); // prettier-ignore
  const edge = band[Math.floor(0.95 * (band.length - 1))];
  if (edge === undefined || Number.isNaN(relevanceGain.mean)) return undefined;
  const numbers = `SRG ${relevanceGain.mean.toFixed(3)}, 95% of random orders within ${edge.toFixed(3)} of their mean`;
  return relevanceGain.mean > edge
    ? `Regions with more relevance matter more to the answer: ${numbers}.`
    : `The maps do not order regions better than chance: ${numbers}.`;
}
