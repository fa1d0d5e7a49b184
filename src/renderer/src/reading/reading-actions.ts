import type { Action } from '../actions/use-actions.ts';
import { useWindow } from './film/window-state.ts';
import { changeActiveLook, cut, fade, nextColorMap, type Sampling } from './overlay/overlay-look.ts';
import { mirror, rotate, type Look } from './stage-geometry.ts';
import { toolKeys, toolNames } from './tools/tool-names.ts';
import { clampZoom, fitting, useView, type Tool } from './view-state.ts';

type View = ReturnType<typeof useView.getState>;

const view = (part: (state: View) => Partial<View>) => (): void => {
  const state = useView.getState();
  state.change(part(state));
};

const look = (part: (look: Look) => Partial<Look>): (() => void) =>
  view(({ look: now }) => ({ look: { ...now, ...part(now) } }));

const zoomBy = (factor: number): (() => void) =>
  view(({ look: now, oneToOne }) => {
    const zoom = now.zoom === 'one-to-one' ? oneToOne : now.zoom;
    return { look: { ...now, zoom: clampZoom(zoom * factor) } };
  });

type Titled = readonly [id: string, title: string, key: string];

const reading = ([id, title, key]: Titled, run: () => void): Action => ({
  ...{ id: `reading.${id}`, title, scope: 'Reading', run },
  keys: key === '' ? [] : [key],
});

const explain = (titled: Titled, run: () => void): Action => ({
  ...reading(titled, run),
  ...{ id: `explain.${titled[0]}`, scope: 'Explain' },
});

/** The magnifier again makes it stronger, and after the strongest starts anew. */
const nextPower = { 2: 3, 3: 4, 4: 2 } as const;

const take = (tool: Tool): (() => void) =>
  view((now) => ({ tool, ...(tool === 'lens' && now.tool === 'lens' && { lensPower: nextPower[now.lensPower] }) }));

const samplings: readonly Sampling[] = ['automatic', 'smooth', 'pixelated'];

export const nextSampling = (sampling: Sampling): Sampling =>
  samplings[(samplings.indexOf(sampling) + 1) % samplings.length] ?? 'automatic';

const toolTitles: Readonly<Record<Tool, string>> = {
  ...{ window: 'Window by dragging', pan: 'Move by dragging', zoom: 'Zoom by dragging' },
  lens: 'Magnifier; again: stronger',
};

export const toolActions: readonly Action[] = (Object.keys(toolNames) as readonly Tool[]).map((tool) =>
  reading([tool, toolTitles[tool], toolKeys[tool]], take(tool)),
);

export const placeActions: readonly Action[] = [
  reading(['zoom-in', 'Zoom in', '+'], zoomBy(1.25)),
  reading(['zoom-out', 'Zoom out', '-'], zoomBy(1 / 1.25)),
  reading(
    ['fit', 'Fit the picture into the window', '='],
    look(() => ({ zoom: fitting.zoom, center: fitting.center })),
  ),
  reading(
    ['one-to-one', 'One picture pixel on one pixel of the screen', 'Shift+Z'],
    look(() => ({ zoom: 'one-to-one' })),
  ),
];

export const turnActions: readonly Action[] = [
  reading(
    ['rotate-right', 'Turn right', 'R'],
    look(({ turn }) => ({ turn: rotate(turn, 1) })),
  ),
  reading(
    ['rotate-left', 'Turn left', 'L'],
    look(({ turn }) => ({ turn: rotate(turn, -1) })),
  ),
  reading(
    ['mirror', 'Flip left to right', 'H'],
    look(({ turn }) => ({ turn: mirror(turn, 'left-right') })),
  ),
  reading(
    ['flip', 'Flip top to bottom', 'V'],
    look(({ turn }) => ({ turn: mirror(turn, 'top-bottom') })),
  ),
];

export const showActions: readonly Action[] = [
  reading(
    ['invert', 'Invert grey', 'I'],
    view(({ inverted }) => ({ inverted: !inverted })),
  ),
  reading(['reset', 'Picture as it was: upright, fitting, automatic window', 'Shift+R'], () => {
    useView.getState().change({ look: fitting, inverted: false });
    useWindow.getState().choose('automatic');
  }),
  reading(
    ['maximise', 'Panel away or back (double click)', ''],
    view(({ maximised }) => ({ maximised: !maximised })),
  ),
  reading(
    ['hide', 'Hide everything over the picture', 'Backquote'],
    view(({ hidden }) => ({ hidden: !hidden })),
  ),
];

export const smallActions: readonly Action[] = [
  reading(
    ['sampling', 'Picture smooth, pixelated, automatic', ''],
    view(({ sampling }) => ({ sampling: nextSampling(sampling) })),
  ),
  explain(
    ['crop', 'Frame of what the model saw', ''],
    view(({ crop }) => ({ crop: !crop })),
  ),
  explain(
    ['model-input', 'What the model sees, at its own size', 'E'],
    view(({ modelInput }) => ({ modelInput: !modelInput })),
  ),
  explain(
    ['strongest', 'Frame around the strongest region', ''],
    view(({ strongest }) => ({ strongest: !strongest })),
  ),
  explain(
    ['field', 'Frame around the receptive field of the strongest neuron', 'Shift+F'],
    view(({ field }) => ({ field: !field })),
  ),
];

export const heatmapActions: readonly Action[] = [
  explain(
    ['heatmap', 'Heatmap on or off', 'O'],
    view(({ overlay }) => ({ overlay: !overlay, hidden: false })),
  ),
  explain(['fainter', 'Fainter heatmap (Shift+wheel)', 'BracketLeft'], () => {
    changeActiveLook(fade(-0.1));
  }),
  explain(['stronger', 'Stronger heatmap (Shift+wheel)', 'BracketRight'], () => {
    changeActiveLook(fade(0.1));
  }),
  explain(['show-weaker', 'Show weaker relevance (Alt+wheel)', 'Shift+BracketLeft'], () => {
    changeActiveLook(cut(-0.05));
  }),
  explain(['hide-weaker', 'Hide weaker relevance (Alt+wheel)', 'Shift+BracketRight'], () => {
    changeActiveLook(cut(0.05));
  }),
  explain(['color-map', 'Next color map', 'C'], () => {
    changeActiveLook(nextColorMap);
  }),
];

export const readingActions: readonly Action[] = [
  ...toolActions,
  ...placeActions,
  ...turnActions,
  ...showActions,
  ...smallActions,
  ...heatmapActions,
];
