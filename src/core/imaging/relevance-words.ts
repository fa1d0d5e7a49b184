import { relevanceWords, type RelevanceEffect } from '#shared/relevance-words.ts';
import { measureText } from './draw-text.ts';

/** The class a color bar speaks of. */
export interface BarClass {
  readonly label: string;
  readonly effect?: RelevanceEffect;
}

/** What a value at the end of a color bar means, without the class: `speaks for`. */
export function effectWords({ effect = 'evidence' }: BarClass, value: number): string {
  const { above, zero, below } = relevanceWords[effect];
  if (value === 0) return zero;
  return value > 0 ? above : below;
}

/** The fullest wording of both ends of a bar that fits a width in pixels: with the class, without its name, or the bare sign. */
export function fitEffects(
  barClass: BarClass,
  values: readonly number[],
  { size, width }: { size: number; width: number },
): readonly string[] {
  const wordings = forms.map((form) =>
    values.map((value) => form(effectWords(barClass, value), barClass.label, value)),
  );
  const fitting = wordings.find((texts) => texts.every((text) => measureText(text, size) <= width));
  return fitting ?? values.map((value) => (value > 0 ? '+' : value < 0 ? '\u2212' : '0'));
}

const forms: readonly ((words: string, label: string, value: number) => string)[] = [
  (words, label, value) => (value === 0 ? words : `${words} ${label}`),
  (words, _, value) => (value === 0 ? words : `${words} the class`),
  (words) => words,
  (words) => words.split(' ').at(-1) ?? words,
];
