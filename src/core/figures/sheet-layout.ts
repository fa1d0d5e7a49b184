import { LightboxError } from '#shared/errors.ts';
import type { Size } from '#core/imaging/index.ts';
import type { Page } from './paper.ts';
import type { SampleSheet } from './sheet.ts';

/** Equal cells for all pictures of a sheet. */
export interface SheetLayout {
  readonly columns: number;
  readonly cell: Size;
  readonly gap: number;
  readonly hasCaptions: boolean;
  /** Room for text. */
  readonly width: number;
}

const [CELL_GAP, PAPER_GAP] = [8, 4];
const USUAL_COLUMNS = 8;
const MOST_COLUMNS = 16;
const MOST_PICTURES = 500;
/** A sheet at its usual width is as wide as an evaluation's figure. */
export const SHEET_WIDTH = 844;
const LARGEST_CELL = 220;
const LEAST_TEXT_WIDTH = 520;
/** Cells have the middle picture's aspect, but are never narrower or flatter than this. */
const WIDEST_ASPECT = 2;

/** @throws LightboxError `request/invalid` on a sheet without classes or pictures, with too many, or odd columns. */
export function layOutSheet({ classes, columns: asked }: SampleSheet, page: Page): SheetLayout {
  const samples = classes.flatMap((one) => one.samples);
  if (samples.length === 0)
    throw invalid('A sample sheet needs at least one picture; choose classes that have samples');
  if (samples.length > MOST_PICTURES) {
    throw invalid(
      `A sample sheet holds at most ${MOST_PICTURES} pictures, not ${samples.length}; ask for fewer per class`,
    );
  }
  const columns = asked ?? Math.min(USUAL_COLUMNS, Math.max(...classes.map((one) => one.samples.length)));
  if (!Number.isInteger(columns) || columns < 1 || columns > MOST_COLUMNS) {
    throw invalid(`A sample sheet has 1 to ${MOST_COLUMNS} columns, not ${columns}`);
  }
  const aspects = samples.map(({ picture }) => picture.width / picture.height).sort((a, b) => a - b);
  const middle = aspects[Math.floor(aspects.length / 2)] ?? 1;
  const aspect = Math.min(WIDEST_ASPECT, Math.max(1 / WIDEST_ASPECT, middle));
  const gap = page.isPaper ? PAPER_GAP : CELL_GAP;
  const even = (page.width - gap * (columns - 1)) / columns;
  const width = page.isPaper ? even : Math.min(LARGEST_CELL, Math.floor(even));
  return {
    columns,
    cell: { width, height: Math.round(width / aspect) },
    gap,
    hasCaptions: samples.some(({ caption }) => caption !== undefined),
    width: page.isPaper ? page.width : Math.max(LEAST_TEXT_WIDTH, columns * (width + gap) - gap),
  };
}

const invalid = (sentence: string): LightboxError => new LightboxError('request/invalid', `${sentence}.`);
