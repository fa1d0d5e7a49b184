/** A picture by its perceptual hash and that of its mirror image: 256 bits, 64 hexadecimal digits. */
export interface HashedPicture {
  readonly hash: string;
  readonly mirrored: string;
}

/** Two pictures that look alike, by their places in the list. */
export interface NearTwins {
  readonly first: number;
  readonly second: number;
  /** Bits in which their hashes differ. */
  readonly distance: number;
  /** One looks like the mirror image of the other. */
  readonly isMirrored: boolean;
}

const WORDS = 8;
/** Hashes are cut into so many parts; of two that differ in fewer bits at least one part is the same. */
const PARTS = 16;
export const MOST_DISTANCE = PARTS - 1;
/** A picture with fewer bits set is too even to be told from others. */
const FEWEST_BITS = 16;

/**
 * All pairs whose hashes differ in at most `most` of 256 bits, as they are or one mirrored, by multi-index hashing (Norouzi, Punjani, Fleet 2012): only pictures that
 * share a part of their hash are compared. Each pair once, in order of its second. Pictures too even to be told apart take no part.
 * @param most up to 15.
 */
export function findNearTwins(pictures: readonly HashedPicture[], most: number): readonly NearTwins[] {
  const buckets = Array.from({ length: PARTS }, () => new Map<number, number[]>());
  const words = new Uint32Array(pictures.length * WORDS);
  const twins: NearTwins[] = [];
  pictures.forEach(({ hash, mirrored }, second) => {
    const plain = readWords(hash);
    if (countBits(plain) < FEWEST_BITS) return;
    const turned = readWords(mirrored);
    const known = new Set<number>();
    for (const [isMirrored, wanted] of [[false, plain], [true, turned]] as const) {
      for (const first of findCandidates(buckets, wanted)) {
        const distance = differ(wanted, words.subarray(first * WORDS, (first + 1) * WORDS));
        if (distance > most || known.has(first)) continue;
        known.add(first);
        twins.push({ first, second, distance, isMirrored });
      }
    }
    words.set(plain, second * WORDS);
    cutParts(plain).forEach((part, at) => {
      const bucket = buckets[at]?.get(part);
      if (bucket) bucket.push(second);
      else buckets[at]?.set(part, [second]);
    });
  }); // prettier-ignore
  return twins;
}

const readWords = (hash: string): Uint32Array =>
  Uint32Array.from({ length: WORDS }, (_, word) => parseInt(hash.slice(8 * word, 8 * word + 8), 16));

function findCandidates(buckets: readonly ReadonlyMap<number, readonly number[]>[], wanted: Uint32Array): Set<number> {
  const candidates = new Set<number>();
  cutParts(wanted).forEach((part, at) => {
    for (const first of buckets[at]?.get(part) ?? []) candidates.add(first);
  });
  return candidates;
}

/** Along diagonals: rows and columns of one brightness, such as black borders, spread over all parts. */
function cutParts(words: Uint32Array): readonly number[] {
  return Array.from({ length: PARTS }, (_, part) => {
    let bits = 0;
    for (let row = 0; row < 16; row++) {
      const place = row * 16 + ((row + part) % 16);
      bits = (bits << 1) | (((words[place >> 5] ?? 0) >>> (31 - (place & 31))) & 1);
    }
    return bits;
  });
}

function differ(a: Uint32Array, b: Uint32Array): number {
  let count = 0;
  for (let word = 0; word < WORDS; word++) count += countOnes((a[word] ?? 0) ^ (b[word] ?? 0));
  return count;
}

const countBits = (words: Uint32Array): number => words.reduce((sum, word) => sum + countOnes(word), 0);

/** Set bits of a 32-bit number, added up in pairs, nibbles and bytes. */
function countOnes(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const nibbles = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((nibbles + (nibbles >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
