import { expect, test } from 'vitest';
import { createComputeQueue, type ComputeTask } from './compute-queue.ts';

/** Tasks that write down when they begin. */
function createLog(): {
  readonly begun: string[];
  readonly task: (name: string, sample: number, more?: Partial<ComputeTask<string>>) => ComputeTask<string>;
} {
  const begun: string[] = [];
  return {
    begun,
    task: (name, sample, more = {}) => ({
      ...{ sample, isReady: () => false, signal: undefined },
      work: async () => {
        begun.push(name);
        await new Promise((resolve) => setTimeout(resolve, 1));
        return name;
      },
      ...more,
    }),
  };
}

test('the picture asked about last comes first, what is open before what is not, else as asked', async () => {
  const { begun, task } = createLog();
  const queue = createComputeQueue();
  const isReady = (): boolean => true;
  const asked = [task('1a', 1), task('2a', 2), task('2b', 2), task('2c', 2, { isReady })].map((one) => queue.ask(one));
  expect(await Promise.all(asked)).toEqual(['1a', '2a', '2b', '2c']);
  expect(begun).toEqual(['2c', '2a', '2b', '1a']);
  expect(queue.waiting).toBe(0);
});

test('one at a time; what is abandoned does not begin, what has begun is finished', async () => {
  const { begun, task } = createLog();
  const queue = createComputeQueue();
  const [first, second] = [new AbortController(), new AbortController()];
  let [working, most] = [0, 0];
  const counted = (name: string, signal: AbortSignal): ComputeTask<string> => {
    const { work, ...rest } = task(name, 1, { signal });
    return {
      ...rest,
      work: async () => {
        most = Math.max(most, ++working);
        first.abort();
        second.abort();
        const done = await work();
        working--;
        return done;
      },
    };
  };
  const results = await Promise.allSettled([
    queue.ask(counted('begun', first.signal)),
    queue.ask(counted('left', second.signal)),
    queue.ask(task('last', 1)),
    queue.ask(task('never', 1, { signal: AbortSignal.abort() })),
  ]);
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'rejected']);
  expect(begun).toEqual(['begun', 'last']);
  expect(most).toBe(1);
});

test('what fails is told to its asker, and the next begins', async () => {
  const { begun, task } = createLog();
  const queue = createComputeQueue();
  const failing = queue.ask(task('failing', 1, { work: () => Promise.reject(new Error('no')) }));
  const next = queue.ask(task('next', 1));
  await expect(failing).rejects.toThrow('no');
  expect(await next).toBe('next');
  expect(begun).toEqual(['next']);
});
