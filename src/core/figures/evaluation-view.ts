import type { ClassEvaluation, ClassIntervals, Evaluation } from '#core/audit/index.ts';
import type { FigureLook } from './figure-look.ts';

/** A class as figures show it. */
export interface ShownClass extends ClassEvaluation {
  /** Among all classes. */
  readonly index: number;
  readonly intervals: ClassIntervals | undefined;
}

/** What all panels of an evaluation's figure are drawn from. */
export interface EvaluationView {
  readonly evaluation: Evaluation;
  /** All classes in their order, or those that fit. */
  readonly shown: readonly ShownClass[];
  readonly look: FigureLook;
}

/** As many lines can be told apart, and as many rows of a matrix be read. */
const MOST_CLASSES = 20;

/** Where there are too many classes, those with the lowest AUC are shown: they are what a reader must see. */
export function createView(evaluation: Evaluation, look: FigureLook): EvaluationView {
  const classes = evaluation.classes.map((one, index): ShownClass => {
    return { ...one, index, intervals: evaluation.intervals?.classes[index] };
  });
  const worst = classes.toSorted((a, b) => (a.auc ?? Infinity) - (b.auc ?? Infinity)).slice(0, MOST_CLASSES);
  return { evaluation, shown: worst.sort((a, b) => a.index - b.index), look };
}

/** `the 20 of 1,000 classes with the lowest AUC`; empty where all are shown. */
export function describeSelection({ evaluation, shown }: EvaluationView): string {
  const total = evaluation.classes.length;
  return shown.length === total
    ? ''
    : `Shown are the ${shown.length} of ${total.toLocaleString('en')} classes with the lowest AUC.`;
}
