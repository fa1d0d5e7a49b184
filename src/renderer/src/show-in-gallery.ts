import type { SampleList } from '#shared/contract/samples.ts';
import { useChoices } from './choices.ts';
import { withoutFilters } from './gallery/filters.ts';
import { useRooms } from './rooms.ts';

/** Opens some samples in the gallery, as a filter that is cleared like any other. */
export function showInGallery(list: SampleList, ids: readonly number[]): void {
  useChoices.getState().choose({ ...withoutFilters(list), ids: [...ids] });
  useRooms.getState().go('gallery');
}
