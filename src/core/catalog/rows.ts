/** Between rows of the database and values of the program. */
import { LightboxError } from '#shared/errors.ts';

/** A value as the database hands it out: null where there is nothing. */
export type Stored<Value> = {
  readonly [Field in keyof Value]-?: undefined extends Value[Field]
    ? Exclude<Value[Field], undefined> | null
    : Value[Field];
};

/** A row with undefined in place of null. */
export function withoutNulls<Value extends object>(row: Stored<Value>): Value {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value ?? undefined])) as Value;
}

/** '' is how a group says that its dataset does not say. */
export const fromBlank = (text: string): string | undefined => (text === '' ? undefined : text);

/** float32, little-endian, as every system this runs on has it in memory. Shares memory. */
export function writeFloats(values: Float32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

export function readFloats(bytes: Uint8Array): Float32Array {
  return new Float32Array(new Uint8Array(bytes).buffer);
}

/** For `IN (SELECT value FROM json_each(...))`: one statement for lists of any length. */
export const writeList = (values: readonly (number | string)[]): string => JSON.stringify(values);

/** JSON that the catalog wrote. Throws `catalog/damaged` where it is none any more. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new LightboxError('catalog/damaged', 'An entry of the catalog is damaged; check it and restore a backup.', {
      cause,
    });
  }
}
