import type { LayoutName, SampleEntry } from '#shared/samples.ts';
import type { SampleBatch } from '../layout.ts';
import type { DatasetFacts } from './dataset-facts.ts';
import { createAttributeTallies, createPatientTally, createProblemTally } from './fact-tallies.ts';
import { createTally } from './tally.ts';

/** Counts a dataset while it streams by, in memory that grows with patients, not with samples. */
export interface FactCounter {
  add(batch: SampleBatch): void;
  /** What was counted so far. */
  facts(): DatasetFacts;
}

export function createFactCounter(layout: LayoutName): FactCounter {
  const samples = createTally<Pick<SampleEntry, 'split' | 'label' | 'collection'>>();
  const masks = createTally<{ readonly kind: string; readonly collection?: string | undefined }>();
  const attributes = createAttributeTallies();
  const patients = createPatientTally();
  const problems = createProblemTally();
  return {
    add: (batch) => {
      for (const sample of batch.samples) {
        const { split, label, collection, patient } = sample;
        samples.add({ split, label, collection });
        for (const { kind } of sample.masks) masks.add({ kind, collection });
        if (patient !== undefined) patients.add(patient, split);
        if (label !== undefined) attributes.add(sample, label);
      }
      for (const problem of batch.problems) problems.add(problem);
    },
    facts: () => ({
      layout,
      samples: samples.list(),
      masks: masks.list().map(({ count, ...mask }) => ({ ...mask, found: count })),
      ...patients.facts(),
      attributes: attributes.list(),
      problems: problems.list(),
    }),
  };
}
