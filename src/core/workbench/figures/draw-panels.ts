import type { MapCase, MapPanel, SheetBar } from '#core/figures/index.ts';
import {
  renderBarPng,
  renderMapPng,
  renderOverlayPng,
  renderPlanesPng,
  showPlanes,
  type Planes,
  type PngDrawing,
} from '#core/imaging/index.ts';
import { formatRelevance } from '#shared/format-relevance.ts';
import type { ValueRange } from '#shared/render-heatmap.ts';
import type { ComputedCase, ComputedMap, ComputedPanel } from './computed-panel.ts';
import type { FigureLookChoice } from './figure-recipe.ts';
import { cutBelow, scaleMaps, type FigureScale } from './scale-maps.ts';

export interface DrawnPanels {
  readonly panels: readonly MapPanel[];
  readonly bar: SheetBar;
  readonly scale: FigureScale;
}

/** Gives maps their colors. Throws `request/invalid` for maps that cannot be shown. */
export async function drawPanels(
  panels: readonly ComputedPanel[],
  look: FigureLookChoice,
  overlaySide?: number,
): Promise<DrawnPanels> {
  const scale = scaleMaps(panels, look);
  const drawn: MapPanel[] = [];
  for (const [at, panel] of panels.entries()) {
    const cases: MapCase[] = [];
    for (const one of panel.cases) cases.push(await drawCase(one, { look, scale, panel: at, overlaySide }));
    drawn.push({ heading: panel.heading, rows: nameRows(panel, { look, scale, panel: at }), cases });
  }
  return { panels: drawn, bar: await drawBar(scale, look), scale };
}

interface Style {
  readonly look: FigureLookChoice;
  readonly scale: FigureScale;
  readonly panel: number;
  readonly overlaySide?: number | undefined;
}

/** With the values of the colors' ends where each row has its own. */
function nameRows({ rows, cases }: ComputedPanel, { look, scale, panel }: Style): readonly string[] {
  if (look.scale !== 'row' || scale.shared) return rows;
  return rows.map((name, row) => {
    const values = cases.find((one) => one.maps[row])?.maps[row]?.values ?? new Float32Array(1);
    const [, high] = scale.rangeOf({ panel, row, values });
    return `${name} ${scale.isSigned ? '\u00b1' : '0 to '}${formatRelevance(high)}`;
  });
}

async function drawCase(one: ComputedCase, style: Style): Promise<MapCase> {
  const { title, note, className, prediction, planes } = one;
  const maps: MapCase['maps'][number][] = [];
  for (const [row, map] of one.maps.entries()) {
    maps.push(map && planes && { drawing: await drawMap(map, planes, { ...style, row }), notes: noteOf(map) });
  }
  return { title, note, className, prediction, input: planes && (await renderPlanesPng(planes)), maps };
}

const noteOf = ({ concept }: ComputedMap): readonly string[] =>
  concept ? [`ch. ${concept.channel}`, `${(100 * concept.share).toFixed(concept.share < 0.1 ? 1 : 0)}%`] : [];

async function drawMap(
  { values }: ComputedMap,
  planes: Planes,
  { look, scale, panel, row, overlaySide: side }: Style & { readonly row: number },
): Promise<PngDrawing> {
  const { width, height } = planes;
  const range = scale.rangeOf({ panel, row, values });
  const heatmap = { width, height, values: cutBelow(values, look.threshold, range) };
  const style = { colorMap: scale.colorMap, range: settle(range) };
  if (look.show === 'map') return renderMapPng(heatmap, style);
  return renderOverlayPng({
    picture: showPlanes(planes),
    region: { left: 0, top: 0, width, height },
    heatmap,
    style,
    side,
  });
}

/** A map of zeros has no scale of its own. */
const settle = ([low, high]: ValueRange): ValueRange | 'symmetric' => (low < high ? [low, high] : 'symmetric');

async function drawBar({ colorMap, shared, isSigned }: FigureScale, look: FigureLookChoice): Promise<SheetBar> {
  const isOverlay = look.show === 'overlay';
  const range: ValueRange = shared && shared[0] < shared[1] ? shared : [isSigned ? -1 : 0, 1];
  const drawing = await renderBarPng({ style: { colorMap, range }, isOverlay });
  const owner = look.scale === 'row' ? 'each row' : 'each map';
  const zero = range[0] === -range[1] ? '0' : undefined;
  if (shared) return { drawing, low: formatRelevance(range[0]), middle: zero, high: formatRelevance(range[1]) };
  const largest = `largest of ${owner}`;
  return { drawing, low: isSigned ? `\u2212 ${largest}` : '0', middle: zero, high: `+ ${largest}` };
}
