import { markKinds } from '#shared/marks/mark-kinds.ts';
import { marksOfNothing } from '#shared/region-verdicts.ts';

const plain: Readonly<Record<string, string>> = {
  border: 'Border ring',
  [marksOfNothing]: 'Marks of nothing',
};

const nameKind = (kind: string): string => markKinds.find((one) => one.kind === kind)?.name ?? kind;

/** As people call a region. @param kinds kinds of single marks, by their numbers. */
export function nameSubject(subject: string, kinds: ReadonlyMap<number, string> = new Map()): string {
  const [, kind] = /^mark: (.*)$/.exec(subject) ?? [];
  const [, id] = /^mark (\d+)$/.exec(subject) ?? [];
  if (kind !== undefined) return `Marks: ${nameKind(kind)}`;
  if (id !== undefined) return `${nameKind(kinds.get(Number(id)) ?? 'mark')} (mark ${id})`;
  return plain[subject] ?? `${subject.charAt(0).toUpperCase()}${subject.slice(1)}`;
}

/** What is alike on other pictures: of a single mark, all marks of its kind. */
export function repeatable(subject: string, kinds: ReadonlyMap<number, string>): string | undefined {
  const [, id] = /^mark (\d+)$/.exec(subject) ?? [];
  if (id === undefined) return subject;
  const kind = kinds.get(Number(id));
  return kind === undefined ? undefined : `mark: ${kind}`;
}
