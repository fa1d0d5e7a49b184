/** What can be done to the marks of the picture on the screen; every one of them can be undone. */
import type { MarkKind } from '#shared/marks/mark-kinds.ts';
import type { MarkShape } from '#shared/marks/mark-shape.ts';
import type { SampleView } from '#shared/contract/samples.ts';
import { carryShape, moveShape, roundShape } from './edit-shape.ts';
import { blankCase, type MarkContent, type MarkKey } from './history.ts';
import { lookOf } from './kind-look.ts';
import { atRest, useMarkScope } from './mark-scope.ts';
import { markSession } from './session.ts';

export type MarkedPicture = Pick<SampleView, 'id' | 'width' | 'height'>;

export const listMarks = (sample: number): ReadonlyMap<MarkKey, MarkContent> =>
  (markSession.getState().cases.get(sample) ?? blankCase).marks;

export function insertMark({ id }: MarkedPicture, content: MarkContent): void {
  const key = crypto.randomUUID();
  const after = { ...content, shape: roundShape(content.shape) };
  markSession.getState().change({ subject: 'mark', sample: id, key, before: undefined, after });
  useMarkScope.getState().change({ ...atRest, selected: key });
}

export function drawMark(picture: MarkedPicture, shape: MarkShape, author: string): void {
  insertMark(picture, { shape, author, kind: useMarkScope.getState().kind, note: '' });
}

export function updateMark({ id }: MarkedPicture, key: MarkKey, part: Partial<MarkContent>): void {
  const before = listMarks(id).get(key);
  if (!before) return;
  const changed = { ...before, ...part };
  const after = { ...changed, shape: roundShape(changed.shape) };
  if (JSON.stringify(after) === JSON.stringify(before)) return;
  markSession.getState().change({ subject: 'mark', sample: id, key, before, after });
}

export function deleteMark({ id }: MarkedPicture, key: MarkKey): void {
  const before = listMarks(id).get(key);
  if (before) markSession.getState().change({ subject: 'mark', sample: id, key, before, after: undefined });
  useMarkScope.getState().change({ ...atRest, selected: undefined });
}

/** The kind of the selected mark, and of what is drawn next. */
export function chooseKind(picture: MarkedPicture, kind: MarkKind): void {
  const { selected, change } = useMarkScope.getState();
  change({ kind });
  if (selected !== undefined) updateMark(picture, selected, { kind });
}

/** The mark before or behind the selected one, round the end. */
export function selectNext({ id }: MarkedPicture, step: 1 | -1): void {
  const keys = [...listMarks(id).keys()];
  const { selected, change } = useMarkScope.getState();
  const at = keys.indexOf(selected ?? '');
  const next = at < 0 ? (step > 0 ? 0 : keys.length - 1) : (at + step + keys.length) % keys.length;
  change({ ...atRest, selected: keys[next] });
}

export function copyMark(picture: MarkedPicture): void {
  const { selected, change } = useMarkScope.getState();
  const content = listMarks(picture.id).get(selected ?? '');
  if (!content) return;
  const { width, height } = picture;
  change({ clipboard: { content, picture: { width, height }, sample: picture.id }, notice: nameCopied(content) });
}

const nameCopied = ({ kind }: MarkContent): string => `${lookOf(kind).name} is copied; Ctrl V puts it on any picture.`;

/** How far beside its original a copy on the same picture lies. */
const besides = 0.03;

export function pasteMark(picture: MarkedPicture, author: string): void {
  const { clipboard, change } = useMarkScope.getState();
  change({ pastesNext: false });
  if (!clipboard) return;
  const carried = carryShape(clipboard.content.shape, clipboard.picture, picture);
  const step = besides * Math.max(picture.width, picture.height);
  const shape = clipboard.sample === picture.id ? moveShape(carried, [step, step], picture) : carried;
  insertMark(picture, { ...clipboard.content, shape, author });
}
