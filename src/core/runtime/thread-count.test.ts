import { availableParallelism } from 'node:os';
import { expect, test } from 'vitest';
import { countCores, defaultThreadCount } from './thread-count.ts';

const processor = (socket: number, core: number): string =>
  `model name\t: A processor\nphysical id\t: ${socket}\ncore id\t\t: ${core}\n`;

test('counts hardware threads of one core once, and cores of two sockets apart', () => {
  expect(countCores([processor(0, 0), processor(0, 0), processor(0, 1), processor(0, 1)].join('\n'))).toBe(2);
  expect(countCores([processor(0, 0), processor(1, 0)].join('\n'))).toBe(2);
});

test('knows no cores where the list names none', () => {
  expect(countCores('processor\t: 0\nBogoMIPS\t: 243.75\n\nprocessor\t: 1\n')).toBeUndefined();
});

test('never asks for more threads than the process may use', () => {
  expect(defaultThreadCount()).toBeGreaterThanOrEqual(1);
  expect(defaultThreadCount()).toBeLessThanOrEqual(availableParallelism());
});
