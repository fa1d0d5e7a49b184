import type { ListedSample, ReadonlyCatalog, SampleFilter } from '#core/catalog/index.ts';

const SAMPLES_IN_PAGE = 1000;

/** All samples that a filter lets through, page by page, by path. */
export function listSamples(catalog: ReadonlyCatalog, filter: SampleFilter): readonly ListedSample[] {
  const samples: ListedSample[] = [];
  let { samples: page, next } = catalog.samples.page({ ...filter, limit: SAMPLES_IN_PAGE });
  samples.push(...page);
  while (next) {
    ({ samples: page, next } = catalog.samples.page({ ...filter, limit: SAMPLES_IN_PAGE, after: next }));
    samples.push(...page);
  }
  return samples;
}
