import type { Prediction } from './prediction.ts';
import type { RelevanceSummary } from './relevance-summary.ts';

export interface RelevanceUnderCheck {
  readonly relevance: RelevanceSummary;
  readonly layers: readonly { readonly name: string; readonly relevance: RelevanceSummary }[];
  readonly target: Prediction['classes'][number];
  /** Whether relevance above zero speaks against the target. */
  readonly turned: boolean;
}

/** Above this share of all relevance in one value, the map shows little but that value. */
const suspiciousShare = 0.1;

/** What a careful reader of the numbers would question, in sentences. */
export function findRelevanceWarnings({ relevance, layers, target, turned }: RelevanceUnderCheck): readonly string[] {
  return [
    ...(relevance.absoluteSum === 0
      ? ['All relevance is zero: nothing in the picture speaks for or against the target.']
      : []),
    ...(relevance.peakShare > suspiciousShare ? [describePeak('One value of the heatmap', relevance)] : []),
    ...layers
      .filter((layer) => layer.relevance.peakShare > suspiciousShare)
      .map((layer) => describePeak(`One value of layer ${layer.name}`, layer.relevance)),
    ...(turned
      ? [
          `The logit of "${target.label}" is negative, so relevance above zero in the arrays speaks against it; the figures show it with the sign turned.`,
        ]
      : []),
  ];
}

function describePeak(subject: string, { peakShare }: RelevanceSummary): string {
  const percent = (100 * peakShare).toFixed(0);
  return `${subject} carries ${percent}% of all relevance; shares may have blown up where branches nearly cancel.`;
}
