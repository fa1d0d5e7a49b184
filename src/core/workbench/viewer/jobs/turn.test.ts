import { expect, test } from 'vitest';
import { Turn } from './turn.ts';

const forEver = new AbortController().signal;

test('the turn goes to whoever has waited longest', async () => {
  const turn = new Turn();
  const order: string[] = [];
  const take = async (name: string): Promise<void> => {
    if (await turn.take(forEver)) order.push(name);
  };
  await take('a');
  const waiting = [take('b'), take('c')];
  await Promise.resolve();
  expect(order).toEqual(['a']);
  turn.give();
  await waiting[0];
  expect(order).toEqual(['a', 'b']);
  turn.give();
  await waiting[1];
  turn.give();
  await take('d');
  expect(order).toEqual(['a', 'b', 'c', 'd']);
});

test('whoever leaves the queue is passed over, and does not hold the turn', async () => {
  const turn = new Turn();
  const leaving = new AbortController();
  await turn.take(forEver);
  const left = turn.take(leaving.signal);
  const next = turn.take(forEver);
  leaving.abort();
  expect(await left).toBe(false);
  turn.give();
  expect(await next).toBe(true);
  expect(await turn.take(leaving.signal)).toBe(false);
});
