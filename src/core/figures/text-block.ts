import type { Block } from './block.ts';
import { measureText, setText, wrapText } from './set-text.ts';
import type { TextLook } from './set-text.ts';

const LINE_HEIGHT = 1.4;

/** Lines of text below each other; empty ones are left out. */
export function linesBlock(lines: readonly string[], look: TextLook): Block {
  const lineHeight = Math.round(look.size * LINE_HEIGHT);
  const shown = lines.filter((line) => line !== '');
  const svg = shown.map((line, index) => setText(line, look, { x: 0, y: look.size + index * lineHeight }));
  const width = Math.max(0, ...shown.map((line) => measureText(line, look)));
  return { width, height: shown.length * lineHeight, svg: svg.join('') };
}

/** Sentences, each beginning a line of its own. */
export const wrapLines = (sentences: readonly string[], look: TextLook, maxWidth: number): string[] =>
  sentences.flatMap((sentence) => wrapText(sentence, look, { maxWidth }));

const SEPARATOR = ' \u00b7 ';

/** Parts joined by dots in as few lines as they fit; a part wider than a line is wrapped by itself. */
export function wrapParts(parts: readonly string[], look: TextLook, maxWidth: number): string[] {
  const lines: string[] = [];
  for (const part of parts) {
    const last = lines.at(-1);
    const joined = last === undefined ? part : last + SEPARATOR + part;
    if (last !== undefined && measureText(joined, look) <= maxWidth) lines[lines.length - 1] = joined;
    else lines.push(...wrapText(part, look, { maxWidth }));
  }
  return lines;
}
