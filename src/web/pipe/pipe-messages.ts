/** What a window's main process and its workbench say to each other over a pipe. */
import { z } from 'zod';
import type { FrameLimits } from './frames.ts';

/** Characters of one call; a page has no reason to say more at once. */
export const longestCall = 2 ** 20;

/** Characters of an address on the data route. */
export const longestAddress = 500;

export const limitsToWorkbench: FrameLimits = { head: 8 * longestCall, body: 0 };
export const limitsFromWorkbench: FrameLimits = { head: 2 ** 26, body: 2 ** 30 };

const pageSchema = z.int().nonnegative();
const idSchema = z.int().nonnegative();

/** Heads of frames to the workbench. */
export const toWorkbenchSchema = z.discriminatedUnion('kind', [
  /** A call of a page, in the words of the contract. */
  z.strictObject({ kind: z.literal('call'), page: pageSchema, text: z.string().max(longestCall) }),
  /** A page is gone, or begins anew: what it waits for is not wanted any more. */
  z.strictObject({ kind: z.literal('leave'), page: pageSchema }),
  /** What lies at an address of the data route. */
  z.strictObject({ kind: z.literal('data'), id: idSchema, address: z.string().max(longestAddress) }),
]);

/** Heads of frames from the workbench. */
export const fromWorkbenchSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('ready') }),
  z.strictObject({ kind: z.literal('answer'), page: pageSchema, text: z.string() }),
  /** The bytes are the frame's body. */
  z.strictObject({
    kind: z.literal('data'),
    id: idSchema,
    status: z.int().min(200).max(599),
    headers: z.record(z.string(), z.string()),
  }),
]);

export type ToWorkbench = z.infer<typeof toWorkbenchSchema>;
export type FromWorkbench = z.infer<typeof fromWorkbenchSchema>;
