import type { SampleEntry } from '#shared/samples.ts';
import { ageBand } from '../deidentification/age-band.ts';
import { findIdentityClass, type IdentityClass } from '../deidentification/identity-classes.ts';
import type { ProblemKind, ReadingProblem } from '../reading-problem.ts';
import type { AttributeCount, DatasetFacts, ProblemCount } from './dataset-facts.ts';
import { createTally, type Tally } from './tally.ts';

/** The attribute that says whether a sample names a patient. */
export const patientPresence = 'patient id';

/** An attribute with more values is a measurement or a name: no table of it tells anything. */
const MAX_VALUES = 30;
const MAX_ATTRIBUTES = 200;
const EXAMPLES = 5;

/** Patients and the splits they occur in. */
export function createPatientTally(): {
  add(patient: string, split: string | undefined): void;
  facts(): Pick<DatasetFacts, 'withPatient' | 'patients' | 'patientsAcrossSplits'>;
} {
  // A patient's only split so far; null once there is a second.
  const splits = new Map<string, string | null>();
  let withPatient = 0;
  return {
    add: (patient, split = '') => {
      withPatient++;
      const known = splits.get(patient);
      splits.set(patient, known === undefined || known === split ? split : null);
    },
    facts: () => ({
      withPatient,
      patients: splits.size,
      patientsAcrossSplits: [...splits.values()].filter((split) => split === null).length,
    }),
  };
}

export function createProblemTally(): { add(problem: ReadingProblem): void; list(): ProblemCount[] } {
  const kinds = new Map<ProblemKind, { count: number; readonly examples: string[] }>();
  return {
    add: ({ kind, sentence }) => {
      const known = kinds.get(kind) ?? { count: 0, examples: [] };
      kinds.set(kind, known);
      known.count++;
      if (known.examples.length < EXAMPLES) known.examples.push(sentence);
    },
    list: () => Array.from(kinds, ([kind, counted]) => ({ kind, ...counted })),
  };
}

type AttributeTally = Tally<Pick<AttributeCount, 'value' | 'label'>>;

interface Attribute {
  readonly tally: AttributeTally;
  readonly values: Set<string>;
}

const createAttribute = (): Attribute => ({ tally: createTally(), values: new Set() });

/** What names persons is not counted, and what says the diagnosis in other words goes with the label by nature. */
const uncounted: ReadonlySet<IdentityClass | undefined> = new Set(['direct', 'date', 'text', 'answer']);

/** Whether an attribute may tell the label in a way that is no diagnosis and names nobody. */
export const isCountedAttribute = (name: string): boolean => !uncounted.has(findIdentityClass(name));

/** How attributes go with labels; those with too many values are given up. */
export function createAttributeTallies(): {
  add(sample: SampleEntry, label: string): void;
  list(): Record<string, AttributeCount[]>;
} {
  const kept = new Map<string, Attribute | undefined>();
  const labels = createTally<{ label: string }>();
  const isCounted = remember(isCountedAttribute);
  const count = (name: string, value: string, label: string): void => {
    if (!kept.has(name) && kept.size >= MAX_ATTRIBUTES) return;
    const attribute = kept.has(name) ? kept.get(name) : createAttribute();
    attribute?.values.add(value);
    const isGivenUp = attribute === undefined || attribute.values.size > MAX_VALUES;
    kept.set(name, isGivenUp ? undefined : attribute);
    attribute?.tally.add({ value, label });
  };
  return {
    add: (sample, label) => {
      labels.add({ label });
      count(patientPresence, sample.patient === undefined ? 'none' : 'given', label);
      for (const [name, value] of Object.entries(sample.metadata)) {
        const text = isCounted(name) ? (name === 'age' ? ageBand(value) : String(value)) : undefined;
        if (text !== undefined) count(name, text, label);
      }
    },
    list: () => {
      const totals = labels.list();
      const listed = [...kept].flatMap(([name, attribute]) =>
        attribute === undefined ? [] : [[name, addBlanks(attribute.tally.list(), totals)] as const],
      );
      return Object.fromEntries(listed);
    },
  };
}

/** Metadata come with few names and many samples. */
function remember<Result>(answer: (name: string) => Result): (name: string) => Result {
  const known = new Map<string, Result>();
  return (name) => {
    const result = known.has(name) ? (known.get(name) as Result) : answer(name);
    known.set(name, result);
    return result;
  };
}

/** Samples that do not have the attribute count under ''. */
function addBlanks(
  counts: readonly AttributeCount[],
  totals: readonly { readonly label: string; readonly count: number }[],
): AttributeCount[] {
  const blanks = totals.map(({ label, count }) => {
    const named = counts.filter((entry) => entry.label === label).reduce((sum, entry) => sum + entry.count, 0);
    return { value: '', label, count: count - named };
  });
  return [...counts, ...blanks.filter(({ count }) => count > 0)];
}
