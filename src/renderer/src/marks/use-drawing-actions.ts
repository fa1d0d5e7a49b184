import { markKinds } from '#shared/marks/mark-kinds.ts';
import { useActions, type Action } from '../actions/use-actions.ts';
import { closePolygon, type Desk } from './drawing-tools.ts';
import {
  chooseKind,
  copyMark,
  deleteMark,
  drawMark,
  pasteMark,
  selectNext,
  updateMark,
  listMarks,
  type MarkedPicture,
} from './edit-marks.ts';
import { boxBetween, moveShape } from './edit-shape.ts';
import { atRest, clampBrush, useMarkScope } from './mark-scope.ts';
import { toolViews } from './mark-tools.ts';
import { useCase } from './session.ts';
import { useReader } from './use-reader.ts';

type Part = Omit<Action, 'scope'>;

const scope = (): ReturnType<typeof useMarkScope.getState> => useMarkScope.getState();

const brushStep = 1.25;

const toolActions: readonly Part[] = [
  ...toolViews.map(({ tool, name, key }) => ({
    ...{ id: `mark.tool-${tool}`, title: `${name} tool`, keys: [key] },
    run: () => {
      scope().change({ ...atRest, tool });
    },
  })),
  ...(
    [
      ['smaller', 'BracketLeft', 1 / brushStep],
      ['larger', 'BracketRight', brushStep],
    ] as const
  ).map(([name, key, factor]) => ({
    ...{ id: `mark.brush-${name}`, title: `${name === 'larger' ? 'Larger' : 'Smaller'} brush`, keys: [key] },
    run: () => {
      scope().change({ brush: clampBrush(scope().brush * factor) });
    },
  })),
  {
    ...{ id: 'mark.cancel', title: 'Cancel, then let go, then end marking', keys: ['Escape'] },
    run: () => {
      const { draft, vertices, selected, change } = scope();
      if (draft || vertices.length > 0) change(atRest);
      else if (selected === undefined) change({ ...atRest, on: false });
      else change({ ...atRest, selected: undefined });
    },
  },
];

/** Keys of the Mark scope, as long as it is on. */
export function useDrawingActions(sample: MarkedPicture): void {
  const { name } = useReader().reader;
  const { marks } = useCase(sample.id);
  const { selected, vertices, clipboard } = useMarkScope();
  const desk = { picture: sample, author: name };
  const parts: readonly Part[] = [
    ...toolActions,
    ...kindActions(sample),
    ...(vertices.length > 0 ? polygonActions(desk) : []),
    ...(marks.size > 0 ? walkActions(sample) : []),
    ...(selected !== undefined && marks.has(selected) ? selectedActions(sample, selected) : []),
    ...(clipboard ? [pasteAction(desk)] : []),
    placeAction(desk),
  ];
  useActions(parts.map((part) => ({ ...part, scope: 'Mark' })));
}

const kindActions = (sample: MarkedPicture): readonly Part[] =>
  markKinds.map(({ kind, name }, index) => ({
    ...{ id: `mark.kind-${kind}`, title: `Kind: ${name}`, keys: [`Digit${index + 1}`, `Ctrl+Digit${index + 1}`] },
    run: () => {
      chooseKind(sample, kind);
    },
  }));

const polygonActions = (desk: Desk): readonly Part[] => [
  {
    ...{ id: 'mark.accept', title: 'Close the polygon', keys: ['Enter'] },
    run: () => {
      closePolygon(desk);
    },
  },
  {
    ...{ id: 'mark.corner-back', title: 'Take back the last corner', keys: ['Backspace', 'Delete'] },
    run: () => {
      scope().change({ vertices: scope().vertices.slice(0, -1) });
    },
  },
];

const walkActions = (sample: MarkedPicture): readonly Part[] => [
  {
    ...{ id: 'mark.next', title: 'Next mark', keys: ['Tab'] },
    run: () => {
      selectNext(sample, 1);
    },
  },
  {
    ...{ id: 'mark.previous', title: 'Previous mark', keys: ['Shift+Tab'] },
    run: () => {
      selectNext(sample, -1);
    },
  },
];

/** A share of the picture's longer side. */
const nudge = 0.005;

const nudges = [
  ...([
    { key: 'ArrowLeft', title: 'left', by: [-1, 0] },
    { key: 'ArrowRight', title: 'right', by: [1, 0] },
  ] as const),
  ...([
    { key: 'ArrowUp', title: 'up', by: [0, -1] },
    { key: 'ArrowDown', title: 'down', by: [0, 1] },
  ] as const),
];

const selectedActions = (sample: MarkedPicture, key: string): readonly Part[] => [
  {
    ...{ id: 'mark.delete', title: 'Delete the mark', keys: ['Delete', 'Backspace'] },
    run: () => {
      deleteMark(sample, key);
    },
  },
  {
    ...{ id: 'mark.copy', title: 'Copy the mark', keys: ['Ctrl+C'] },
    run: () => {
      copyMark(sample);
    },
  },
  ...nudges.map(({ key: arrow, title, by: [x, y] }) => ({
    ...{ id: `mark.move-${title}`, title: `Move the mark ${title}`, keys: [`Alt+${arrow}`] },
    run: () => {
      const shape = listMarks(sample.id).get(key)?.shape;
      const step = nudge * Math.max(sample.width, sample.height);
      if (shape) updateMark(sample, key, { shape: moveShape(shape, [x * step, y * step], sample) });
    },
  })),
];

const pasteAction = ({ picture, author }: Desk): Part => ({
  ...{ id: 'mark.paste', title: 'Paste the mark at the same part of the picture', keys: ['Ctrl+V'] },
  run: () => {
    pasteMark(picture, author);
  },
});

/** For hands that do not use a pointer; arrows with Alt then move it. */
const placeAction = ({ picture, author }: Desk): Part => ({
  ...{ id: 'mark.place', title: 'Put a mark in the middle of the picture', keys: ['Alt+Enter'] },
  run: () => {
    const { width, height } = picture;
    const form = scope().tool === 'ellipse' ? 'ellipse' : 'rectangle';
    drawMark(picture, boxBetween(form, [0.4 * width, 0.4 * height], [0.6 * width, 0.6 * height]), author);
  },
});
