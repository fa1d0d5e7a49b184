import { LightboxError } from '#shared/errors.ts';
import { columnBlock, rowBlock, type Block } from './block.ts';
import { drawingCell, lineHeightOf, textCell, type CellStyle } from './drawing-cell.ts';
import type { FigureLook } from './figure-look.ts';
import type { MapCase, MapPanel } from './map-case.ts';
import type { Page } from './paper.ts';
import { measureText, setText, wrapText, type TextLook } from './set-text.ts';

interface PanelRoom {
  readonly page: Page;
  readonly room: number;
  readonly casesDown: boolean;
  readonly titleName: string;
}

/** Measures all panels of a sheet have in common. */
interface PanelSpan extends CellStyle {
  readonly labelWidth: number;
  readonly gap: number;
  readonly casesDown: boolean;
  readonly titleName: string;
  /** Lines that titles and notes of cases take. */
  readonly titleLines: number;
  readonly noteLines: number;
  /** Of the whole panel. */
  readonly room: number;
}

const LABEL_LINES = 3;
const MOST_TITLE_LINES = 2;
/** Names of rows are whole where they can be. */
const screen = { narrowestLabel: 118, widestLabel: 190, narrowest: 104, widest: 176, gap: 8 } as const;
/** On paper a label takes a share of the width, at most so many pixels; a picture is at least 5 mm wide. */
const paper = { labelShare: 0.22, widestLabel: 84, narrowest: 19, gap: 3 } as const;

/** Throws `request/invalid` where the pictures would be too small to be seen. */
export function spanPanel(panels: readonly MapPanel[], { page, room, casesDown, titleName }: PanelRoom): PanelSpan {
  const { look, isPaper } = page;
  const most = Math.max(1, ...panels.map((panel) => (casesDown ? panel.rows.length + 1 : panel.cases.length)));
  const { gap } = isPaper ? paper : screen;
  const labelWidth = isPaper ? Math.min(paper.widestLabel, room * paper.labelShare) : fitLabels(panels, look);
  const even = (room - labelWidth) / most - gap;
  if (isPaper && even < paper.narrowest) throw tooMany(most, Math.floor((room - labelWidth) / (paper.narrowest + gap)));
  const width = isPaper ? even : Math.min(screen.widest, Math.max(screen.narrowest, Math.floor(even)));
  const cases = panels.flatMap((panel) => panel.cases);
  const linesOf = (read: (one: MapCase) => string, set: TextLook): number =>
    Math.max(0, ...cases.map((one) => wrapped(read(one), set, width).length));
  const titleLines = linesOf(({ title }) => title, look.strong);
  const noteLines = linesOf(({ note }) => note, look.quiet);
  return { width, look, labelWidth, gap, casesDown, titleName, titleLines, noteLines, room };
}

function fitLabels(panels: readonly MapPanel[], look: FigureLook): number {
  const names = panels.flatMap(({ rows }) => rows).map((name) => measureText(name, look.quiet) + screen.gap);
  return Math.min(screen.widestLabel, Math.ceil(Math.max(screen.narrowestLabel, ...names)));
}

const tooMany = (count: number, fitting: number): LightboxError =>
  new LightboxError(
    'request/invalid',
    `${count} pictures side by side do not fit into that width, at most ${fitting} do; ask for a wider figure, fewer pictures, or fewer panels across.`,
  );

const wrapped = (text: string, set: TextLook, maxWidth: number): readonly string[] =>
  text === '' ? [] : wrapText(text, set, { maxWidth, maxLines: MOST_TITLE_LINES });

export function panelBlock(panel: MapPanel, span: PanelSpan): Block {
  const { look, room } = span;
  const lines = wrapped(panel.heading, look.heading, room);
  const title = textCell({ lines, set: look.heading, count: lines.length }, { width: room });
  const rows = span.casesDown ? casesDown(panel, span) : casesAcross(panel, span);
  const block = columnBlock([...(lines.length === 0 ? [] : [title]), ...rows], span.gap / 2);
  return { ...block, width: Math.max(room, block.width) };
}

function casesAcross({ cases, rows }: MapPanel, span: PanelSpan): readonly Block[] {
  const { look, width } = span;
  const inputs = cases.map(({ input }) => drawingCell(input && { drawing: input, notes: [] }, 0, span));
  const maps = rows.map((name, at) => {
    const lines = Math.max(0, ...cases.map((one) => one.maps[at]?.notes.length ?? 0));
    return rowOf(name, cases.map((one) => drawingCell(one.maps[at], lines, span)), span); // prettier-ignore
  });
  const titles = span.titleLines === 0 ? [] : [rowOf(span.titleName, cases.map((one) => titleCell(one, span)), span)]; // prettier-ignore
  const predictions = cases.map(({ prediction }) => wrapped(prediction, look.text, width));
  const count = Math.max(1, ...predictions.map((lines) => lines.length));
  return [
    ...titles,
    rowOf('Class', classCells(cases, span), span),
    rowOf('Prediction', predictions.map((lines) => textCell({ lines, set: look.text, count }, span)), span), // prettier-ignore
    rowOf('Input', inputs, span),
    ...maps,
  ];
}

/** Neighbours of one class share its name. */
function classCells(cases: readonly MapCase[], { look, width, gap }: PanelSpan): readonly Block[] {
  const runs: { name: string; count: number }[] = [];
  for (const { className } of cases) {
    const last = runs.at(-1);
    if (last?.name === className) last.count++;
    else runs.push({ name: className, count: 1 });
  }
  const cells = runs.map(({ name, count }) => {
    const room = count * (width + gap) - gap;
    return { room, lines: wrapped(name, look.text, room) };
  });
  const count = Math.max(1, ...cells.map(({ lines }) => lines.length));
  return cells.map(({ room, lines }) => textCell({ lines, set: look.text, count }, { width: room }));
}

/** A row of heads, then each case with its words at the left. */
function casesDown({ cases, rows }: MapPanel, span: PanelSpan): readonly Block[] {
  const { look, width, labelWidth, gap } = span;
  const heads = ['Input', ...rows].map((name) =>
    wrapText(name, look.quiet, { maxWidth: width, maxLines: LABEL_LINES }),
  );
  const count = Math.max(...heads.map((lines) => lines.length));
  const head = heads.map((lines) => textCell({ lines, set: look.quiet, count }, span));
  const lines = Math.max(0, ...cases.flatMap((one) => one.maps.map((map) => map?.notes.length ?? 0)));
  const words = (one: MapCase): Block => {
    const parts = [
      [one.title, look.strong],
      [one.note, look.quiet],
      [one.className, look.text],
      [one.prediction, look.text],
    ] as const;
    const style = { width: labelWidth - gap };
    return columnBlock(
      parts.flatMap(([text, set]) => {
        const own = wrapped(text, set, style.width);
        return own.length === 0 ? [] : [textCell({ lines: own, set, count: own.length }, style)];
      }),
      0,
    );
  };
  const empty: Block = { width: labelWidth - gap, height: 0, svg: '' };
  return [
    rowBlock([empty, ...head], gap),
    ...cases.map((one) => {
      const pictures = [one.input && { drawing: one.input, notes: [] }, ...rows.map((_, at) => one.maps[at])];
      const label = { ...words(one), width: labelWidth - gap };
      return rowBlock([label, ...pictures.map((picture) => drawingCell(picture, lines, span))], gap);
    }),
  ];
}

function rowOf(label: string, cells: readonly Block[], { look, labelWidth, gap }: PanelSpan): Block {
  const maxWidth = labelWidth - gap;
  const lines = wrapText(label, look.quiet, { maxWidth, maxLines: LABEL_LINES });
  const height = lineHeightOf(look.quiet);
  const svg = lines.map((line, at) => setText(line, look.quiet, { x: 0, y: look.quiet.size + at * height })).join('');
  return rowBlock([{ width: maxWidth, height: lines.length * height, svg }, ...cells], gap);
}

function titleCell({ title, note }: MapCase, span: PanelSpan): Block {
  const { look, width, titleLines, noteLines } = span;
  const name = textCell({ lines: wrapped(title, look.strong, width), set: look.strong, count: titleLines }, span);
  const below = textCell({ lines: wrapped(note, look.quiet, width), set: look.quiet, count: noteLines }, span);
  return columnBlock([name, below], 0);
}
