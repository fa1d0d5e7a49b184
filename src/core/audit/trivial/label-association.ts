import { complementaryError } from '../complementary-error.ts';

/** A two-by-two table: cases with and without a mark, of a class and of the rest. */
export interface AssociationCounts {
  readonly markedOfClass: number;
  readonly ofClass: number;
  readonly markedOfRest: number;
  readonly ofRest: number;
}

/** How a mark goes with a class. */
export interface LabelAssociation {
  /** (a + 1/2)(d + 1/2) / ((b + 1/2)(c + 1/2)); above 1 the mark is more frequent in the class. */
  readonly oddsRatio: number;
  /** 95 %, of Woolf on the scale of logarithms. */
  readonly interval: { readonly low: number; readonly high: number };
  /** sqrt(chi2 / n), 0 to 1; of a two-by-two table also called phi. */
  readonly cramersV: number;
  /** Of chi2 with one degree of freedom, without correction. */
  readonly pValue: number;
}

/** Fewer marked cases of either class say nothing reliable. */
export const FEWEST_MARKED = 30;

const Z_95 = 1.959963984540054;

/** Haldane's and Anscombe's correction of one half keeps empty cells finite. */
export function computeLabelAssociation(counts: AssociationCounts): LabelAssociation {
  const { markedOfClass: a, markedOfRest: b, ofClass, ofRest } = counts;
  const [c, d] = [ofClass - a, ofRest - b];
  const cells = [a, b, c, d].map((count) => count + 0.5);
  const [aHalf = 1, bHalf = 1, cHalf = 1, dHalf = 1] = cells;
  const logOdds = Math.log((aHalf * dHalf) / (bHalf * cHalf));
  const reach = Z_95 * Math.sqrt(cells.reduce((sum, count) => sum + 1 / count, 0));
  const n = ofClass + ofRest;
  const margins = (a + b) * (c + d) * ofClass * ofRest;
  const chiSquared = margins === 0 ? 0 : (n * (a * d - b * c) ** 2) / margins;
  return {
    oddsRatio: Math.exp(logOdds),
    interval: { low: Math.exp(logOdds - reach), high: Math.exp(logOdds + reach) },
    cramersV: Math.sqrt(chiSquared / n),
    pValue: complementaryError(Math.sqrt(chiSquared / 2)),
  };
}
