import { createHash } from 'node:crypto';
import { LightboxError } from '#shared/errors.ts';

/**
 * JSON in one form only: keys in order, nothing undefined. Two values that mean the same have the same text and hash.
 * @throws LightboxError `request/invalid` for NaN and infinities, which JSON would turn into null.
 */
export function writeCanonicalJson(value: object): string {
  return JSON.stringify(value, (key, part: unknown) => {
    if (typeof part === 'number' && !Number.isFinite(part))
      throw new LightboxError('request/invalid', `"${key}" is ${part}, which cannot be kept; give a finite number.`);
    return isRecord(part) ? sortKeys(part) : part;
  });
}

/** SHA-256 of a text in UTF-8, as 64 hex digits. */
export function hashText(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const sortKeys = (record: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(record).sort(([left], [right]) => (left < right ? -1 : 1)));
