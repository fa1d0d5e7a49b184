/** A picture by its perceptual hash and that of its mirror image: 256 bits, 64 hexadecimal digits. */
export interface HashedPicture {
  readonly hash: string;
  readonly mirrored: string;
}

/** An earlier picture that looks like the one asked about, by its place in the order of asking. */
export interface NearTwin {
  readonly first: number;
  /** Bits in which their hashes differ. */
  readonly distance: number;
  /** One looks like the mirror image of the other. */
  readonly isMirrored: boolean;
}

/** Pictures seen so far, to be found by those that come later. */
export interface TwinIndex {
  /** The earlier pictures that look like this one, at most {@link MOST_TWINS}; then it is seen too. */
  add(picture: HashedPicture): readonly NearTwin[];
}

const WORDS = 8;
/** Hashes are cut into so many parts; of two that differ in fewer bits at least one part is the same. */
const PARTS = 16;
/** Of 16 bits each. */
const PART_VALUES = 2 ** 16;
const NONE = -1;
export const MOST_DISTANCE = PARTS - 1;
/** A picture with fewer bits set is too even to be told from others. */
const FEWEST_BITS = 16;

/**
 * Of thousands of pictures alike, such as frames of one film, each is told with so many earlier ones and not found by later ones: all pairs would be
 * millions that nobody reads, and time and memory would grow with the square.
 */
export const MOST_TWINS = 16;

/**
 * Finds all pairs whose hashes differ in at most `most` of 256 bits, as they are or one mirrored, by multi-index hashing (Norouzi, Punjani, Fleet 2012): only
 * pictures that share a part of their hash are compared. Pictures too even to be told apart take no part.
 * @param count so many pictures will be added.
 * @param most up to 15.
 */
export function createTwinIndex(count: number, most: number): TwinIndex {
  /** By part and its 16 bits: the picture added last that has them; by part and picture: the one before it that has the same. */
  const last = new Int32Array(PARTS * PART_VALUES).fill(NONE);
  const before = new Int32Array(PARTS * count).fill(NONE);
  const words = new Uint32Array(count * WORDS);
  /** By picture: the last pass over the index that has met it. There are two to a picture; a twin found by the first is met by both. */
  const met = new Int32Array(count).fill(-1);
  let second = -1;
  const compare = (twins: NearTwin[], wanted: Uint32Array, isMirrored: boolean): void => {
    const pass = 2 * second + Number(isMirrored);
    for (const [at, part] of cutParts(wanted).entries()) {
      const next = (first: number): number => before[at * count + first] ?? NONE;
      for (let first = last[at * PART_VALUES + part] ?? NONE; first !== NONE; first = next(first)) {
        if (twins.length === MOST_TWINS) return;
        if ((met[first] ?? -1) >= pass) continue;
        const distance = differ(wanted, words, first * WORDS);
        met[first] = distance <= most ? 2 * second + 1 : pass;
        if (distance <= most) twins.push({ first, distance, isMirrored });
      }
    }
  };
  return {
    add: ({ hash, mirrored }) => {
      second++;
      const plain = readWords(hash);
      if (countBits(plain) < FEWEST_BITS) return [];
      const twins: NearTwin[] = [];
      compare(twins, plain, false);
      compare(twins, readWords(mirrored), true);
      if (twins.length === MOST_TWINS) return twins;
      words.set(plain, second * WORDS);
      for (const [at, part] of cutParts(plain).entries()) {
        before[at * count + second] = last[at * PART_VALUES + part] ?? NONE;
        last[at * PART_VALUES + part] = second;
      }
      return twins;
    },
  };
}

const readWords = (hash: string): Uint32Array =>
  Uint32Array.from({ length: WORDS }, (_, word) => parseInt(hash.slice(8 * word, 8 * word + 8), 16));

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

/** Bits in which a hash differs from the one that begins at a place. */
function differ(hash: Uint32Array, all: Uint32Array, place: number): number {
  let count = 0;
  for (let word = 0; word < WORDS; word++) count += countOnes((hash[word] ?? 0) ^ (all[place + word] ?? 0));
  return count;
}

const countBits = (words: Uint32Array): number => words.reduce((sum, word) => sum + countOnes(word), 0);

/** Set bits of a 32-bit number, added up in pairs, nibbles and bytes. */
function countOnes(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const nibbles = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((nibbles + (nibbles >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
