import { createClassFinder } from './class-labels.ts';
import type { ReadableDatabase } from './database/database.ts';
import { createGroupChooser, type Group, type SampleScope } from './group-choice.ts';

/** Which samples concepts are ranked over: every picture of the scope once. */
export interface ConceptScope extends SampleScope {
  /**
   * The model's classes, where relevance is meant: then only samples whose label is one of them count, and only what was computed for
   * that class. Undefined for activations, which need no label.
   */
  readonly classes?: readonly string[] | undefined;
}

/** Stands for "no class was explained". */
const NO_TARGET = -1;

/** Parameters of the conditions below: pairs of group and target as JSON. */
export type ScopeFinder = (scope: ConceptScope) => { readonly answers: string };

export function createScopeFinder(database: ReadableDatabase): ScopeFinder {
  const chooseGroups = createGroupChooser(database);
  return (scope) => ({ answers: JSON.stringify(listAnswers(chooseGroups(scope), scope.classes)) });
}

/** The groups whose label is a class, each with that class; all of them without one where no class matters. */
export function listAnswers(
  groups: readonly Group[],
  classes: readonly string[] | undefined,
): readonly (readonly [group: number, target: number])[] {
  const findClass = createClassFinder(classes ?? []);
  return groups.flatMap(({ id, label }) => {
    const target = classes ? findClass(label) : NO_TARGET;
    return target === undefined ? [] : [[id, target] as const];
  });
}

/** Concepts `c` that were computed for the answer their sample has now: a corrected label makes them count no more. */
export const isAnswered = `(c.group_id, ifnull(c.target, ${NO_TARGET})) IN (SELECT value ->> 0, value ->> 1 FROM json_each(@answers))`;

const inScope = (table: string): string =>
  `${table}.group_id IN (SELECT value ->> 0 FROM json_each(@answers)) AND ${table}.unreadable IS NULL`;

/** Samples `s` that stand for their picture: of several in the scope that show it, the one others are copies of, else the first by path. */
export const standsForPicture = `${inScope('s')} AND s.content_sha256 IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM samples twin WHERE twin.content_sha256 = s.content_sha256 AND twin.id <> s.id AND ${inScope('twin')}
      AND (twin.primary_id IS NOT NULL, twin.path, twin.id) < (s.primary_id IS NOT NULL, s.path, s.id))`;
