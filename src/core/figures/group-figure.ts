import { columnBlock, rowBlock, type Block } from './block.ts';
import type { Drawing } from './drawing-cell.ts';
import { frameFigure } from './figure-frame.ts';
import { createLook, seriesStyle, type FigureLook, type FigureThemeName } from './figure-look.ts';
import type { Figure } from './figure.ts';
import { plotBlock, type AxisTick } from './plot.ts';
import type { FigureProvenance } from './provenance.ts';
import { fitText, setText, wrapText } from './set-text.ts';
import { element } from './svg-element.ts';
import { linesBlock } from './text-block.ts';

/** One group: its mean map and the pictures nearest its middle, with what is said beside them. */
export interface FigureGroup {
  readonly name: string;
  readonly notes: readonly string[];
  readonly mean: Drawing;
  readonly members: readonly Drawing[];
}

/** Groups of maps: where they lie in the plane, why there are so many, and what each consists of. */
export interface GroupFigure {
  readonly title: string;
  readonly subtitle: string;
  /** Both axes from 0 to 1. */
  readonly points: readonly { readonly x: number; readonly y: number; readonly group: number }[];
  /** The smallest first. */
  readonly eigenvalues: readonly number[];
  readonly groups: readonly FigureGroup[];
  /** How to read it, in sentences. */
  readonly legend: string;
  readonly provenance: FigureProvenance;
  /** Default: dark. */
  readonly theme?: FigureThemeName;
}

const WIDTH = 980;
const GAP = 18;
const PLANE = { width: 520, height: 300 };
const EIGEN = { width: 300, height: 252 };
const LABEL = 186;
const CELL = 92;
const CELL_GAP = 6;
const LINE = 15;
const SWATCH = 10;

export function renderGroupFigure(figure: GroupFigure): Figure {
  const look = createLook(figure.theme ?? 'dark');
  const top = rowBlock([planeBlock(figure, look), eigenBlock(figure, look)], GAP * 2);
  const rows = figure.groups.map((group, at) => groupRow(group, at, look));
  const legend = linesBlock(wrapText(figure.legend, look.text, { maxWidth: WIDTH }), look.text);
  return frameFigure({ ...columnBlock([top, ...rows, legend], GAP), width: WIDTH }, figure, look);
}

function heading(text: string, look: FigureLook, block: Block): Block {
  const title: Block = { width: 0, height: 22, svg: setText(text, look.heading, { x: 0, y: look.heading.size }) };
  return columnBlock([title, block], 0);
}

function planeBlock({ points }: GroupFigure, look: FigureLook): Block {
  const { width, height } = PLANE;
  const radius = points.length > 1000 ? 1.8 : points.length > 200 ? 2.6 : 4;
  const frame = element('rect', {
    x: 0.5,
    y: 0.5,
    width: width - 1,
    height: height - 1,
    fill: 'none',
    stroke: look.hairline,
  });
  const inset = 12;
  const dots = points.map(({ x, y, group }) => {
    const [left, top] = [inset + x * (width - 2 * inset), height - inset - y * (height - 2 * inset)];
    return marker(group, { left, top, radius, color: seriesStyle(look, group).color });
  });
  return heading('Maps, laid out by UMAP', look, { width, height, svg: frame + dots.join('') });
}

interface MarkerPlace {
  readonly left: number;
  readonly top: number;
  readonly radius: number;
  readonly color: string;
}

/** Beyond five colors, squares. */
function marker(group: number, { left, top, radius, color }: MarkerPlace): string {
  if (group < 5) return element('circle', { cx: left, cy: top, r: radius, fill: color, 'fill-opacity': '0.85' });
  return element('rect', { x: left - radius, y: top - radius, width: 2 * radius, height: 2 * radius, fill: color });
}

function eigenBlock({ eigenvalues, groups }: GroupFigure, look: FigureLook): Block {
  const { width, height } = EIGEN;
  const highest = Math.max(...eigenvalues, 1e-9);
  const x = (at: number): number => ((at + 0.5) / eigenvalues.length) * width;
  const y = (value: number): number => height - (value / highest) * height;
  const ticks = (shares: readonly number[]): readonly AxisTick[] =>
    shares.map((share) => ({ share, label: (share * highest).toFixed(2) }));
  const numbers = eigenvalues.map((_, at) => ({ share: x(at) / width, label: String(at + 1) }));
  const [before, behind] = [eigenvalues[groups.length - 1] ?? 0, eigenvalues[groups.length]];
  const { color } = seriesStyle(look, 1);
  const gap =
    behind === undefined
      ? ''
      : element('rect', {
          ...{ x: x(groups.length - 1), width: x(groups.length) - x(groups.length - 1), y: y(behind) },
          ...{ height: Math.max(1, y(before) - y(behind)), fill: color, 'fill-opacity': '0.25' },
        });
  const dots = eigenvalues.map((value, at) =>
    element('circle', { cx: x(at), cy: y(value), r: 4, fill: at < groups.length ? color : look.quiet.color }),
  );
  const frame = {
    area: EIGEN,
    x: { title: 'Eigenvalue', ticks: numbers },
    y: { title: 'of the Laplacian', ticks: ticks([0, 0.5, 1]) },
  };
  return heading('Eigengap', look, plotBlock(frame, look, gap + dots.join('')));
}

function groupRow({ name, notes, mean, members }: FigureGroup, at: number, look: FigureLook): Block {
  const swatch = marker(at, { left: SWATCH / 2, top: 9, radius: SWATCH / 2, color: seriesStyle(look, at).color });
  const title = setText(fitText(name, look.strong, LABEL - 20), look.strong, {
    x: SWATCH + 6,
    y: look.strong.size + 1,
  });
  const lines = notes.map((note, line) =>
    setText(fitText(note, look.quiet, LABEL - 8), look.quiet, { x: 0, y: 20 + LINE * (line + 1) - 4 }),
  );
  const label: Block = { width: LABEL, height: 20 + LINE * notes.length, svg: swatch + title + lines.join('') };
  const cells = [mean, ...members].map((drawing) => drawingBlock(drawing, look));
  return rowBlock([label, ...cells], CELL_GAP);
}

function drawingBlock({ png, width, height }: Drawing, look: FigureLook): Block {
  const scale = CELL / Math.max(width, height);
  const place = { width: width * scale, height: height * scale };
  const href = `data:image/png;base64,${png.toString('base64')}`;
  const image = element('image', {
    x: 0,
    y: 0,
    ...place,
    preserveAspectRatio: 'none',
    'image-rendering': 'pixelated',
    href,
  });
  const frame = element('rect', {
    x: 0.5,
    y: 0.5,
    width: place.width - 1,
    height: place.height - 1,
    fill: 'none',
    stroke: look.hairline,
  });
  return { ...place, svg: image + frame };
}
