/** Has work wait until fewer than `limit` others are under way; in the order in which it is asked for. */
export function createTurns(limit: number): <Result>(work: () => Promise<Result>) => Promise<Result> {
  const waiting: (() => void)[] = [];
  let working = 0;
  return async (work) => {
    if (working < limit) working++;
    else
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
      });
    try {
      return await work();
    } finally {
      // The turn goes on to the next, or back.
      const next = waiting.shift();
      if (next) next();
      else working--;
    }
  };
}
