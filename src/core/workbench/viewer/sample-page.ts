import type { ReadonlyCatalog, SampleListRequest } from '#core/catalog/index.ts';
import type { SamplePage, SamplePageRequest } from '#shared/contract/samples.ts';

export function readSamplePage(catalog: ReadonlyCatalog, request: SamplePageRequest): SamplePage {
  const { prediction, attribution, offset, limit } = request;
  const list = readList(request);
  const show = { prediction, attribution };
  return catalog.snapshot(() => ({
    total: catalog.samples.count(list),
    samples: catalog.samples.page({ ...list, offset, limit, show }).samples.map((sample) => ({
      ...{ id: sample.id, contentSha256: sample.contentSha256, width: sample.width, height: sample.height },
      ...{ split: sample.split, label: sample.label, unreadable: sample.unreadable },
      ...{ prediction: sample.prediction, attribution: sample.attribution },
    })),
  }));
}

/** Which samples are listed, and in what order. */
export function readList(request: SamplePageRequest): SampleListRequest {
  const { dataset, split, label, text, prediction, attribution, predicted, correct } = request;
  const { sort = 'path', descending } = request;
  const judges = predicted !== undefined || correct !== undefined || sort === 'confidence';
  return {
    ...{ dataset, split, label, text, sort, descending },
    ...(prediction !== undefined && judges && { prediction: { setup: prediction, predicted, correct } }),
    ...(attribution !== undefined && sort === 'sum' && { attribution: { setup: attribution } }),
  };
}
