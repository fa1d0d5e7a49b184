import { formatCount } from '../sentences.ts';
import type { DatasetFacts } from './dataset-facts.ts';

/** Pictures as the makers count them (Kaggle anasmohammedtahir/covidqu, DOI 10.34740/kaggle/dsv/3122958). */
const published = [
  { collection: 'lung', classes: { 'COVID-19': 11_956, 'Non-COVID': 11_263, Normal: 10_701 } },
  { collection: 'infection', classes: { 'COVID-19': 2913, 'Non-COVID': 1457, Normal: 1456 } },
] as const;

/** How the counts of each part compare with the published ones; for information, a part of the set is a dataset too. */
export function compareCovidCounts({ layout, samples }: Pick<DatasetFacts, 'layout' | 'samples'>): string[] {
  if (layout !== 'covid-qu-ex') return [];
  return published.flatMap(({ collection, classes }) => {
    const part = samples.filter((cell) => cell.collection === collection);
    const sum = (cells: DatasetFacts['samples']): number => cells.reduce((total, { count }) => total + count, 0);
    const found = sum(part);
    if (found === 0) return [];
    const expected = Object.values(classes).reduce((total, count) => total + count, 0);
    if (found === expected) return [`The ${collection} part is complete: ${formatCount(found)} pictures as published.`];
    const differing = Object.entries(classes).map(([label, count]) => {
      const here = sum(part.filter((cell) => cell.label === label));
      return `${label} ${formatCount(count)} and ${formatCount(here)}`;
    });
    const counts = `${formatCount(expected)} expected, ${formatCount(found)} found`;
    return [`The ${collection} part differs from the published one: ${counts} (${differing.join(', ')}).`];
  });
}
