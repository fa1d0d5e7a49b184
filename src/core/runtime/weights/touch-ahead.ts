import { open } from 'node:fs/promises';
import { setImmediate as turnOfLoop } from 'node:timers/promises';

/** Reads as zeros without end. Where there is none (Windows), memory is given when it is written to. */
const zeros = '/dev/zero';

/** Bytes. Less memory is given in no time. */
const smallest = 2 ** 24;

/**
 * Has the system give the memory of rooms before it is needed, on another thread, by reading zeros into it. The system gives
 * memory when it is first written to, page by page, which takes about as long as computing the weights that are to lie there.
 * What goes wrong here is of no consequence.
 *
 * Gives every room's index once, when it may be written to: those first whose memory is there, then the last of those that were
 * not asked for yet. The first half of the memory is one read, which nobody needs to follow while ONNX Runtime holds this
 * thread up.
 */
export function touchAhead(rooms: readonly Uint8Array[]): AsyncGenerator<number> {
  const work: Work = { rooms, untouched: [...rooms.keys()], touched: [], reading: Promise.resolve() };
  const bytes = rooms.reduce((sum, room) => sum + room.length, 0);
  if (bytes >= smallest) work.reading = touchAll(work);
  return giveOut(work);
}

interface Work {
  readonly rooms: readonly Uint8Array[];
  /** Indices of rooms that nobody has begun with. */
  readonly untouched: number[];
  readonly touched: number[];
  /** What is on its way; resolves when its rooms are among the touched ones. */
  reading: Promise<unknown>;
}

async function touchAll(work: Work): Promise<void> {
  const { rooms, untouched, touched } = work;
  const file = await open(zeros).catch(() => undefined);
  for (let part = takeHalf(rooms, untouched); file && part.length > 0; part = untouched.splice(0, 1)) {
    const memory = part.map((index) => rooms[index] ?? new Uint8Array());
    work.reading = file.readv(memory).catch(() => undefined);
    await work.reading;
    touched.push(...part);
  }
  await file?.close().catch(() => undefined);
}

async function* giveOut(work: Work): AsyncGenerator<number> {
  const { rooms, untouched, touched } = work;
  for (let left = rooms.length; left > 0; left--) {
    // What has been read meanwhile is heard of, and the next read begins.
    await turnOfLoop();
    if (touched.length + untouched.length === 0) await work.reading;
    const next = touched.shift() ?? untouched.pop();
    if (next !== undefined) yield next;
  }
}

/** Takes rooms from the front until half of the memory of all is reached. */
function takeHalf(rooms: readonly Uint8Array[], untouched: number[]): number[] {
  const sizes = rooms.map(({ length }) => length);
  const half = sizes.reduce((sum, size) => sum + size, 0) / 2;
  let taken = 0;
  const count = sizes.findIndex((size) => (taken += size) >= half) + 1;
  return untouched.splice(0, count);
}
