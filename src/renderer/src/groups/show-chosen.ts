import type { SampleList } from '#shared/contract/samples.ts';
import { showInGallery } from '../show-in-gallery.ts';
import { useGroups } from './group-state.ts';

/** Opens the chosen maps' pictures in the gallery. */
export function showChosen(list: SampleList): void {
  const ids = [...useGroups.getState().chosen];
  if (ids.length > 0) showInGallery(list, ids);
}
