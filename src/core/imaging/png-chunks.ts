const FIRST_CHUNK = 8;

/** Whether a PNG carries an animation control chunk (`acTL`), which stands before the pixels in an APNG. */
export function hasAnimationChunk(png: Buffer): boolean {
  let offset = FIRST_CHUNK;
  while (offset + 12 <= png.length) {
    const kind = png.toString('latin1', offset + 4, offset + 8);
    if (kind === 'acTL') return true;
    if (kind === 'IDAT') return false;
    offset += 12 + png.readUInt32BE(offset);
  }
  return false;
}
