import { columnBlock, type Block } from './block.ts';
import { frameFigure } from './figure-frame.ts';
import { createLook, type FigureLook, type FigureThemeName } from './figure-look.ts';
import type { Figure } from './figure.ts';
import type { FigureProvenance } from './provenance.ts';
import { measureText, wrapText } from './set-text.ts';
import { tableBlock, type TableRow } from './table.ts';
import { linesBlock } from './text-block.ts';

interface CardNumber {
  /** NaN where it is not defined. */
  readonly mean: number;
  readonly interval?: { readonly low: number; readonly high: number } | undefined;
}

/** A composite. */
export interface QualityColumn {
  readonly name: string;
  /** In the order of the rows; undefined where it was not measured. */
  readonly numbers: readonly (CardNumber | undefined)[];
  /** What a careful reader would say of it. */
  readonly sentences: readonly string[];
}

/** What can be said of a model's maps: measures by composite, and what follows. */
export interface QualityCardFigure {
  readonly title: string;
  readonly subtitle: string;
  readonly rows: readonly string[];
  readonly columns: readonly QualityColumn[];
  /** What the rows mean, in sentences. */
  readonly legend: readonly string[];
  readonly provenance: FigureProvenance;
  /** Default: print. */
  readonly theme?: FigureThemeName;
}

const NAME_WIDTH = 230;
const LEAST_WIDTH = 720;
const COLUMN_GAP = 16;
const GAP = 20;
const SENTENCE_GAP = 10;

export function renderQualityCard(card: QualityCardFigure): Figure {
  const look = createLook(card.theme ?? 'print');
  const cells = card.columns.map(({ numbers }) => card.rows.map((_, at) => showNumber(numbers[at])));
  const widths = card.columns.map(({ name }, column) => {
    const texts = (cells[column] ?? []).map((cell) => measureText(cell, look.text));
    return Math.max(measureText(name, look.quiet), ...texts) + COLUMN_GAP;
  });
  const width = Math.ceil(widths.reduce((sum, one) => sum + one, NAME_WIDTH));
  const rows = card.rows.map((name, at): TableRow => ({ name, cells: cells.map((column) => column[at] ?? '') }));
  const head = ['Mean over pictures (95%)', ...card.columns.map(({ name }) => name)];
  const full = Math.max(LEAST_WIDTH, width);
  const sentences = card.columns.map((column) => sentencesBlock(column, full, look));
  const legend = card.legend.flatMap((sentence) => wrapText(sentence, look.quiet, { maxWidth: full }));
  const content = columnBlock(
    [tableBlock({ width, head, rows }, look), columnBlock(sentences, SENTENCE_GAP), linesBlock(legend, look.quiet)],
    GAP,
  );
  return frameFigure({ ...content, width: full }, card, look);
}

function sentencesBlock({ name, sentences }: QualityColumn, maxWidth: number, look: FigureLook): Block {
  const lines = sentences.flatMap((sentence) => wrapText(sentence, look.text, { maxWidth }));
  return columnBlock([linesBlock([name], look.strong), linesBlock(lines, look.text)], 2);
}

function showNumber(number: CardNumber | undefined): string {
  if (!number || !Number.isFinite(number.mean)) return '–';
  const { mean, interval } = number;
  const show = (value: number): string =>
    (Math.abs(value) >= 100 ? value.toPrecision(3) : value.toFixed(2)).replace('-', '−');
  return interval ? `${show(mean)} (${show(interval.low)}–${show(interval.high)})` : show(mean);
}
