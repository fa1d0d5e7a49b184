import { LightboxError } from '#shared/errors.ts';
import { foldName } from '../tree/fold-name.ts';

/** What a report says of a film. A finding in neither list is uncertain or not mentioned. */
export interface Findings {
  readonly present: readonly string[];
  readonly absent: readonly string[];
}

/**
 * One label for a film with any number of findings. Without a finding chosen: its only finding, or none where there
 * are several. With one: `Pneumonia`, `No Pneumonia`, or none where the report leaves it open.
 */
export function labelFindings({ present, absent }: Findings, chosen: string | undefined): string | undefined {
  if (chosen === undefined) return present.length === 1 ? present[0] : undefined;
  if (present.includes(chosen)) return chosen;
  return absent.includes(chosen) ? withoutFinding(chosen) : undefined;
}

const withoutFinding = (finding: string): string => (finding === 'No Finding' ? 'Finding' : `No ${finding}`);

/** The classes that {@link labelFindings} gives. */
export const findingClasses = (known: readonly string[], chosen: string | undefined): readonly string[] =>
  chosen === undefined ? known : [chosen, withoutFinding(chosen)];

/** The finding a user means, as the dataset spells it. @throws LightboxError `request/invalid`. */
export function chooseFinding(known: readonly string[], wanted: string | undefined): string | undefined {
  if (wanted === undefined) return undefined;
  const found = known.find((finding) => foldName(finding) === foldName(wanted));
  if (found !== undefined) return found;
  throw new LightboxError('request/invalid', `The dataset has no finding "${wanted}"; it has ${known.join(', ')}.`);
}
