import { z } from 'zod';
import { LightboxError } from '#shared/errors.ts';

/** By which version a figure was made, and when: it is made again with both, as they stand in it. */
export interface FigureFacts {
  readonly version: string;
  /** ISO 8601. */
  readonly created: string;
}

const schema = z.object({ provenance: z.object({ version: z.string(), created: z.string() }) });

/** Throws `request/invalid` where a figure does not say. */
export function readProvenance(record: Readonly<Record<string, unknown>>): FigureFacts {
  const read = schema.safeParse(record);
  if (read.success) return { version: read.data.provenance.version, created: read.data.provenance.created };
  throw new LightboxError(
    'request/invalid',
    'The figure does not say by which version and when it was made; it was damaged.',
  );
}
