import fc from 'fast-check';
import type { SampleFilter } from './sample-filter.ts';
import type { SampleOrder } from './page-request.ts';
import { attributionSetup, concept, dataset, labels, queue, setup, splits } from './many-samples.ts';

const maybe = <Value>(values: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.option(values, { nil: undefined });

export const filters: fc.Arbitrary<SampleFilter> = fc.record({
  dataset: fc.constant(dataset),
  split: maybe(fc.constantFrom(...splits, ['Train', ''])),
  label: maybe(fc.constantFrom(...labels, ['Normal', 'other'])),
  collection: maybe(fc.constantFrom('lung', '', 'none such')),
  tags: maybe(fc.subarray(['suspicious', 'seen', 'never given'])),
  text: maybe(fc.constantFrom('CASE_1', '%1', '_2', '3/', '', '\\')),
  ids: maybe(fc.uniqueArray(fc.integer({ min: 1, max: 95 }), { maxLength: 60 })),
  duplicates: maybe(fc.boolean()),
  attribution: maybe(fc.constant({ setup: attributionSetup })),
  prediction: maybe(
    fc.record({
      setup: fc.constant(setup),
      predicted: maybe(fc.oneof(fc.nat(2), fc.subarray([0, 1, 2]))),
      correct: maybe(fc.boolean()),
      confidenceAbove: maybe(fc.constantFrom(0, 0.3, 0.9)),
      confidenceBelow: maybe(fc.constantFrom(0.3, 0.7)),
      confidenceWithin: maybe(fc.subarray([[0, 0.2] as const, [0.4, 0.7] as const])),
    }),
  ),
  verdicts: maybe(fc.subarray(['none', 'clean', 'unsure', 'suspicious'] as const)),
  reader: maybe(fc.constantFrom('A', 'B', 'nobody')),
  lockedBy: maybe(fc.constantFrom('A', 'B')),
  queue: maybe(fc.constant(queue)),
  markKinds: maybe(fc.subarray(['ruler', 'hair', 'never drawn'])),
  unattributed: maybe(fc.constant({ setup: attributionSetup })),
  concept: maybe(
    fc.record({
      ...{ layer: fc.constant(concept.layer), channel: fc.constant(concept.channel) },
      shareAbove: maybe(fc.constantFrom(-0.5, 0, 0.3)),
      shareBelow: maybe(fc.constantFrom(0, 0.4)),
    }),
  ),
});

/** Filters of every kind together, and pages of lists in every order there then is. */
export const requests = filters.chain((filter) =>
  fc.record({
    filter: fc.constant(filter),
    sort: fc.constantFrom<SampleOrder[]>(
      'path',
      ...(filter.prediction ? (['confidence'] as const) : []),
      ...(filter.attribution ? (['sum'] as const) : []),
      ...(filter.concept ? (['share'] as const) : []),
      ...(filter.queue === undefined ? [] : (['place'] as const)),
    ),
    descending: fc.boolean(),
    limit: fc.integer({ min: 1, max: 40 }),
    offset: fc.nat(30),
  }),
);
