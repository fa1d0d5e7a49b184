import type { Overview } from '#shared/contract/overview.ts';
import type { SampleList } from '#shared/contract/samples.ts';
import { withoutBlanks } from './gallery/filters.ts';

/** All of a dataset, with the latest predictions and heatmaps it has. */
export function latestOf({ setups }: Overview, dataset: number): SampleList {
  const latest = (kind: string): number | undefined =>
    setups.findLast((setup) => setup.kind === kind && setup.datasets.includes(dataset))?.id;
  return withoutBlanks({ dataset, prediction: latest('prediction'), attribution: latest('attribution') });
}
