import { countOf, formatCount, formatShare, nameList } from '../sentences.ts';
import { computeAssociation, type Association } from './association.ts';
import { tabulateClasses } from './class-table.ts';
import { countSamples, type DatasetFacts } from './dataset-facts.ts';
import { patientPresence } from './fact-tallies.ts';

/** From a medium effect on (Cohen's w = 0.3). */
const NOTABLE_V = 0.3;
const MIN_SAMPLES = 50;
const MOST_ASSOCIATIONS = 5;
const NOTABLE_IMBALANCE = 3;
const MANY_CLASSES = 50;

/** What a reviewer should know before believing numbers from this dataset: plain sentences from counted facts. */
export function findWarnings(facts: DatasetFacts): string[] {
  return [
    ...warnOfPatients(facts),
    ...warnOfAssociations(facts),
    ...warnOfLabels(facts),
    ...warnOfImbalance(facts),
    ...warnOfGaps(facts),
  ];
}

function warnOfPatients(facts: DatasetFacts): string[] {
  const { withPatient, patients, patientsAcrossSplits } = facts;
  const total = countSamples(facts);
  if (total === 0) return [];
  if (withPatient === 0) return ['No sample names a patient, so patient-level splits cannot be verified.'];
  const partial = `${formatCount(total - withPatient)} of ${formatCount(total)} samples name no patient; for them patient-level splits cannot be verified.`;
  const across = `${formatCount(patientsAcrossSplits)} of ${countOf(patients, 'patient')} ${patientsAcrossSplits === 1 ? 'has' : 'have'} samples in more than one split.`;
  return [...(withPatient < total ? [partial] : []), ...(patientsAcrossSplits > 0 ? [across] : [])];
}

function warnOfAssociations({ attributes }: DatasetFacts): string[] {
  return Object.entries(attributes)
    .flatMap(([name, counts]) => {
      const association = computeAssociation(counts);
      const isNotable = association && association.samples >= MIN_SAMPLES && association.cramersV >= NOTABLE_V;
      return isNotable ? [{ name, association }] : [];
    })
    .toSorted((a, b) => b.association.cramersV - a.association.cramersV)
    .slice(0, MOST_ASSOCIATIONS)
    .map(({ name, association }) => describeAssociation(name, association));
}

function describeAssociation(name: string, { cramersV, value, most, least }: Association): string {
  const having =
    name === patientPresence
      ? `${value === 'given' ? 'a' : 'no'} patient id`
      : `${name} ${value ? `"${value}"` : 'blank'}`;
  const share = (of: typeof most): string => `${formatShare(of.share)} of ${formatCount(of.total)} ${of.label}`;
  const strength = `Cramér's V ${cramersV.toFixed(2)}`;
  return `The label can be told from the ${name} (${strength}): ${share(most)} samples have ${having}, ${share(least)}.`;
}

function warnOfLabels(facts: DatasetFacts): string[] {
  const total = countSamples(facts);
  const labelled = facts.samples.filter(({ label }) => label !== undefined);
  const count = countSamples({ samples: labelled });
  const classes = new Set(labelled.map(({ label }) => label)).size;
  const candidates: [boolean, string][] = [
    [total > 0 && count === 0, 'No sample has a label.'],
    [count > 0 && count < total, `${formatCount(total - count)} of ${formatCount(total)} samples have no label.`],
    [
      classes > MANY_CLASSES,
      `There are ${formatCount(classes)} classes; if they are patients or files, the layout is another.`,
    ],
  ];
  return candidates.flatMap(([applies, sentence]) => (applies ? [sentence] : []));
}

function warnOfImbalance({ samples }: DatasetFacts): string[] {
  const byLabel = Map.groupBy(samples, ({ label }) => label);
  const counted = Array.from(byLabel)
    .flatMap(([label, cells]) => (label === undefined ? [] : [{ label, count: countSamples({ samples: cells }) }]))
    .toSorted((a, b) => b.count - a.count);
  const [largest, smallest] = [counted[0], counted.at(-1)];
  if (largest === undefined || smallest === undefined) return [];
  const ratio = largest.count / smallest.count;
  if (ratio < NOTABLE_IMBALANCE) return [];
  const counts = `${formatCount(largest.count)} and ${formatCount(smallest.count)}`;
  return [
    `Classes are unequal: ${ratio.toFixed(1)} ${largest.label} for each ${smallest.label} (${counts}); accuracy alone misleads.`,
  ];
}

/** A class that a split lacks altogether. */
function warnOfGaps(facts: DatasetFacts): string[] {
  return tabulateClasses(facts).flatMap(({ collection, splits, labels, counts }) =>
    splits.flatMap((split, row) => {
      const lacking = labels.filter((label, column) => label !== undefined && counts[row]?.[column] === 0);
      const isLabelled = lacking.length < labels.filter((label) => label !== undefined).length;
      if (split === undefined || lacking.length === 0 || !isLabelled) return [];
      return [`${split}${collection ? ` of the ${collection} part` : ''} has no ${nameList(lacking.map(String))}.`];
    }),
  );
}
