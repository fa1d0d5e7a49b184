import type { Design } from './logistic-regression.ts';
import { listLevels, OTHER, type TrivialFeature } from './trivial-feature.ts';

/** One column of a regression. */
export interface DesignColumn {
  /** The feature, with the category where it is one: `view: AP`. */
  readonly name: string;
  readonly values: Float64Array;
}

/** Categories become columns of 0 and 1, the most frequent one left out: what is said of the others is said beside it. */
export function listColumns(features: readonly TrivialFeature[]): readonly DesignColumn[] {
  return features.flatMap((feature): readonly DesignColumn[] => {
    if (feature.kind === 'number') return [{ name: feature.name, values: feature.values }];
    const levels = listLevels(feature.values);
    const isOther = feature.values.map((value) => !levels.includes(value));
    const column = (level: string, is: (at: number) => boolean): DesignColumn => ({
      name: `${feature.name}: ${level || 'not given'}`,
      values: Float64Array.from(feature.values, (_, at) => Number(is(at))),
    });
    return [
      ...levels.slice(1).map((level) => column(level, (at) => feature.values[at] === level)),
      ...(isOther.includes(true) ? [column(OTHER, (at) => isOther[at] === true)] : []),
    ];
  });
}

/** How values become comparable, learned from the cases a model is fitted to. */
export interface Scaling {
  readonly means: Float64Array;
  /** 1 where all are the same. */
  readonly deviations: Float64Array;
}

export function learnScaling(columns: readonly DesignColumn[], cases: readonly number[]): Scaling {
  const [means, deviations] = [new Float64Array(columns.length), new Float64Array(columns.length).fill(1)];
  columns.forEach(({ values }, at) => {
    const known = cases.map((one) => values[one] ?? NaN).filter((value) => !Number.isNaN(value));
    const mean = known.reduce((sum, value) => sum + value, 0) / (known.length || 1);
    const variance = known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (known.length || 1);
    means[at] = mean;
    if (variance > 1e-18) deviations[at] = Math.sqrt(variance);
  });
  return { means, deviations };
}

/** The rows of some cases in standard deviations; what is not known stands at the mean. */
export function scaleRows(
  columns: readonly DesignColumn[],
  cases: readonly number[],
  { means, deviations }: Scaling,
): Design {
  const values = new Float64Array(cases.length * columns.length);
  columns.forEach((column, at) => {
    cases.forEach((one, row) => {
      const value = ((column.values[one] ?? NaN) - (means[at] ?? 0)) / (deviations[at] ?? 1);
      values[row * columns.length + at] = Number.isNaN(value) ? 0 : value;
    });
  });
  return { rows: cases.length, columns: columns.length, values };
}
