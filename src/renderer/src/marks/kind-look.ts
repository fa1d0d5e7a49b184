import { markKinds } from '#shared/marks/mark-kinds.ts';

const colors = [
  ...(['#7fb2e5', '#b7a4e0', '#e0c068', '#6fc3b2', '#e59a76'] as const),
  ...(['#c9ab8f', '#98a4f2', '#8fc77a', '#e390ad'] as const),
];

interface KindLook {
  readonly name: string;
  /** Calm, told apart on grey and on skin. */
  readonly color: string;
}

const looks: ReadonlyMap<string, KindLook> = new Map(
  markKinds.map(({ kind, name }, index) => [kind, { name, color: colors[index] ?? '#b9c0c9' }]),
);

/** How a kind is called and drawn; kinds of other versions are called what they are. */
export const lookOf = (kind: string): KindLook => looks.get(kind) ?? { name: kind, color: '#b9c0c9' };
