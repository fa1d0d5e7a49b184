/**
 * Works on items, several at a time, and gives the results in the order of the items. No more than `limit` are begun and not
 * yet taken, so memory does not grow with the number of items, and slow steps of one overlap those of another.
 */
export async function* mapInFlight<Item, Result>(
  items: Iterable<Item> | AsyncIterable<Item>,
  limit: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result> {
  const flight: Promise<Result>[] = [];
  try {
    for await (const item of items) {
      const result = work(item);
      // A failure is told when its turn comes. Until then nobody listens, and Node would end the process.
      result.catch(() => undefined);
      flight.push(result);
      const first = flight.length >= limit ? flight.shift() : undefined;
      if (first) yield await first;
    }
    for (let next = flight.shift(); next; next = flight.shift()) yield await next;
  } finally {
    // Whoever stops listening must not be told of failures later.
    await Promise.allSettled(flight);
  }
}

/** How many items stand in a chunk: few at first, for those who wait for the first, then twice as many each time. */
export interface ChunkSizes {
  readonly first: number;
  readonly most: number;
}

/** Runs of items; only the last may be shorter than its turn says. */
export async function* inChunks<Item>(
  items: AsyncIterable<Item>,
  { first, most }: ChunkSizes,
): AsyncGenerator<readonly Item[]> {
  let [chunk, size]: [Item[], number] = [[], first];
  for await (const item of items) {
    chunk.push(item);
    if (chunk.length < size) continue;
    yield chunk;
    [chunk, size] = [[], Math.min(most, size * 2)];
  }
  if (chunk.length > 0) yield chunk;
}
