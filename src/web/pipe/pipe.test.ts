import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createWorkbench } from '#core/workbench/index.ts';
import { FrameReader, writeFrame } from './frames.ts';
import { PagePort } from './page-port.ts';
import { runPipeHost } from './pipe-host.ts';

const limits = { head: 2 ** 16, body: 2 ** 20 };

test('frames come out as they went in, however a pipe cuts them', () => {
  const frame = fc.record({ head: fc.object(), body: fc.uint8Array({ maxLength: 3000 }) });
  fc.assert(
    fc.property(fc.array(frame, { maxLength: 6 }), fc.integer({ min: 1, max: 900 }), (frames, step) => {
      const bytes = Buffer.concat(frames.flatMap(({ head, body }) => writeFrame(head, body)));
      const reader = new FrameReader(limits);
      const read = [];
      for (let from = 0; from < bytes.length; from += step)
        read.push(...reader.push(bytes.subarray(from, from + step)));
      expect(read.map(({ head }) => head)).toEqual(
        frames.map(({ head }) => JSON.parse(JSON.stringify(head)) as unknown),
      );
      expect(read.map(({ body }) => [...body])).toEqual(frames.map(({ body }) => [...body]));
    }),
    { seed: 9, numRuns: 200 },
  );
});

test('a frame over the limits is refused before it is waited for', () => {
  const prefix = Buffer.alloc(8);
  prefix.writeUInt32LE(limits.head + 1, 0);
  expect(() => new FrameReader(limits).push(prefix)).toThrow('larger than messages may be');
  prefix.writeUInt32LE(2, 0);
  prefix.writeUInt32LE(limits.body + 1, 4);
  expect(() => new FrameReader(limits).push(prefix)).toThrow('larger than messages may be');
});

test('bytes that are no frames end in a sentence or in waiting, never in anything else', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 8 }), (pieces) => {
      const reader = new FrameReader(limits);
      try {
        for (const piece of pieces) reader.push(Buffer.from(piece));
      } catch (error) {
        expect(error).toMatchObject({ code: 'request/invalid' });
      }
    }),
    { seed: 9, numRuns: 2000 },
  );
});

test('what is no call is not taken for one', () => {
  const port = new PagePort(() => undefined);
  const call = { i: '1', p: { u: '/overview' } };
  expect(port.receive(JSON.stringify(call))).toBe(true);
  expect(port.receive(JSON.stringify({ i: '1', t: 4 }))).toBe(true);
  for (const change of [
    { i: 1 },
    { i: '' },
    { t: 2 },
    { p: null },
    { p: { u: 'https://example.org' } },
    { p: { u: 1 } },
  ])
    expect(port.receive(JSON.stringify({ ...call, ...change }))).toBe(false);
});

test.each([
  ['an unknown message', writeFrame({ kind: 'run', command: 'ls' })],
  ['a body where there is none', writeFrame({ kind: 'leave', page: 1 }, new Uint8Array(9))],
  ['no frame', [Buffer.from('GET / HTTP/1.1\r\n\r\n')]],
  ['a head that is no JSON', [Buffer.from([1, 0, 0, 0, 0, 0, 0, 0, 0x7b])]],
])('%s ends the conversation', async (_, parts) => {
  const workbench = createWorkbench({ catalog: '/nonexistent/catalog.lightbox' });
  const [input, output] = [new PassThrough(), new PassThrough()];
  const ended = runPipeHost({ workbench, input, output });
  for (const part of parts) input.write(part);
  await ended;
  expect(input.destroyed).toBe(true);
  await workbench.close();
});
