import type { ReadonlyCatalog } from '#core/catalog/index.ts';
import type { SamplePage, SamplePageRequest } from '#shared/contract/samples.ts';

export function readSamplePage(catalog: ReadonlyCatalog, request: SamplePageRequest): SamplePage {
  const { dataset, split, label, text, prediction, attribution, predicted, correct } = request;
  const { sort = 'path', descending, offset, limit } = request;
  const judges = predicted !== undefined || correct !== undefined || sort === 'confidence';
  const filter = {
    ...{ dataset, split, label, text },
    ...(prediction !== undefined && judges && { prediction: { setup: prediction, predicted, correct } }),
    ...(attribution !== undefined && sort === 'sum' && { attribution: { setup: attribution } }),
  };
  const show = { prediction, attribution };
  return catalog.snapshot(() => ({
    total: catalog.samples.count(filter),
    samples: catalog.samples.page({ ...filter, sort, descending, offset, limit, show }).samples.map((sample) => ({
      ...{ id: sample.id, contentSha256: sample.contentSha256, width: sample.width, height: sample.height },
      ...{ split: sample.split, label: sample.label, unreadable: sample.unreadable },
      ...{ prediction: sample.prediction, attribution: sample.attribution },
    })),
  }));
}
