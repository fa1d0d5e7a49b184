import type { Attributes } from './attributes.ts';
import { tags } from './tags.ts';

/**
 * Where a frame's own settings stand: in the item of a macro that an enhanced multi-frame file keeps per frame or for all
 * frames (PS3.3 section C.7.6.16), else in the data set itself.
 */
export function findFrameSettings(attributes: Attributes, frame: number, macro: string): Attributes {
  const ofFrame = attributes.item(tags.perFrameFunctionalGroups, frame)?.item(macro, 0);
  const ofAll = attributes.item(tags.sharedFunctionalGroups, 0)?.item(macro, 0);
  return ofFrame ?? ofAll ?? attributes;
}
