/** A name for comparing: `Lung_segmentation-Data` and `lung segmentation data` become `lungsegmentationdata`. */
export function foldName(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}]/gu, '');
}

/** Case and the two ways to write an accent folded, everything else kept: `ER+` and `ER-` stay two names. */
export function foldCase(name: string): string {
  return name.normalize('NFC').toLowerCase();
}
