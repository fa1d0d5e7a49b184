import { causeMetrics } from './cause.ts';
import { driftMetrics, likenessMetrics, qualityMetrics, randomizationMetrics } from './maps.ts';
import type { Metric } from './metric.ts';
import { performanceMetrics } from './performance.ts';
import { placeMetrics } from './place.ts';

export type { Metric } from './metric.ts';
export { likenessMetrics, qualityMetrics };

/** What every number means, by the names under which numbers stand in records and tables. */
export const metrics = {
  ...{ ...performanceMetrics, ...placeMetrics, ...causeMetrics },
  ...{ ...likenessMetrics, ...driftMetrics, ...qualityMetrics, ...randomizationMetrics },
} as const;

export type MetricName = keyof typeof metrics;
export type LikenessName = keyof typeof likenessMetrics;
export type QualityName = keyof typeof qualityMetrics;

export const likenessOrder = Object.keys(likenessMetrics) as readonly LikenessName[];
export const qualityOrder = Object.keys(qualityMetrics) as readonly QualityName[];

/** The table in parts, as a document shows it. */
export const metricGroups: readonly { readonly title: string; readonly metrics: readonly Metric[] }[] = [
  { title: 'How well the model predicts', metrics: Object.values(performanceMetrics) },
  { title: 'Where relevance lies', metrics: Object.values(placeMetrics) },
  { title: 'What happens without it', metrics: Object.values(causeMetrics) },
  { title: 'How alike maps are', metrics: [...Object.values(likenessMetrics), ...Object.values(driftMetrics)] },
  { title: 'What maps are worth', metrics: [...Object.values(qualityMetrics), ...Object.values(randomizationMetrics)] },
];

/** In one line: for what a tooltip would be in the way of. */
export function defineInWords({ name, formula, meaning, source, undefinedWhen }: Metric): string {
  const rest = [
    ...(source === '' ? [] : [source]),
    ...(undefinedWhen === '' ? [] : [`undefined where ${undefinedWhen}`]),
  ];
  return `${name} = ${formula}; ${[meaning, ...rest].join('; ')}`;
}
