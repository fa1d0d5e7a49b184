import { columnBlock } from './block.ts';
import { frameFigure } from './figure-frame.ts';
import { createLook, type FigureThemeName } from './figure-look.ts';
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
const NARROWEST_COLUMN = 150;
const LEAST_WIDTH = 720;
const COLUMN_GAP = 22;
const GAP = 20;
const SENTENCE_GAP = 10;

export function renderQualityCard(card: QualityCardFigure): Figure {
  const look = createLook(card.theme ?? 'print');
  const columns = card.columns.map(
    ({ name }) => Math.max(NARROWEST_COLUMN, measureText(name, look.quiet)) + COLUMN_GAP,
  );
  const width = Math.max(LEAST_WIDTH, NAME_WIDTH + columns.reduce((sum, one) => sum + one, 0));
  const rows = card.rows.map((name, at): TableRow => ({ name, cells: card.columns.map((column) => showNumber(column.numbers[at])) })); // prettier-ignore
  const table = tableBlock(
    { width, head: ['Mean over pictures (95%)', ...card.columns.map(({ name }) => name)], rows },
    look,
  );
  const sentences = card.columns.map(({ name, sentences: own }) =>
    columnBlock(
      [
        linesBlock([name], look.strong),
        linesBlock(
          own.flatMap((sentence) => wrapText(sentence, look.text, { maxWidth: width })),
          look.text,
        ),
      ],
      2,
    ),
  );
  const legend = linesBlock(card.legend.flatMap((sentence) => wrapText(sentence, look.quiet, { maxWidth: width })), look.quiet); // prettier-ignore
  const content = columnBlock([table, columnBlock(sentences, SENTENCE_GAP), legend], GAP);
  return frameFigure({ ...content, width }, card, look);
}

function showNumber(number: CardNumber | undefined): string {
  if (!number || !Number.isFinite(number.mean)) return '–';
  const { mean, interval } = number;
  const show = (value: number): string =>
    (Math.abs(value) >= 100 ? value.toPrecision(3) : value.toFixed(2)).replace('-', '−');
  return interval ? `${show(mean)} (${show(interval.low)}–${show(interval.high)})` : show(mean);
}
