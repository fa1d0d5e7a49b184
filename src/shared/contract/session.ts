import { z } from 'zod';

const nameSchema = z.string().min(1).max(60);

/** How a window was left: by part of the window, whatever that part wants kept. */
const stateSchema = z.record(z.string(), z.unknown());

export const sessionRequestSchema = z.object({ name: nameSchema });
export const sessionSchema = z.object({ state: stateSchema.optional() });
export const sessionChangeSchema = z.object({ name: nameSchema, state: stateSchema });
/** Where the catalog cannot be written, the state lives as long as the workbench, and why is told. */
export const sessionKeptSchema = z.object({ isKept: z.boolean(), reason: z.string().optional() });
