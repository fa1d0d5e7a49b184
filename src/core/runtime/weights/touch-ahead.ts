import { open } from 'node:fs/promises';

/** Reads as zeros without end. Where there is none (Windows), memory is given when it is written to. */
const zeros = '/dev/zero';

/** Bytes. Less memory is given in no time. */
const smallest = 2 ** 24;

/**
 * Has the system give the memory of a room before it is needed, on another thread, by reading zeros into it. The system gives
 * memory when it is first written to, page by page, which takes about as long as computing the weights that are to lie there.
 * To be waited for before anything else writes to the room. What goes wrong here is of no consequence.
 */
export async function touchAhead(room: Uint8Array): Promise<void> {
  if (room.length < smallest) return;
  const file = await open(zeros).catch(() => undefined);
  await file?.read(room, 0, room.length, null).catch(() => undefined);
  await file?.close().catch(() => undefined);
}
