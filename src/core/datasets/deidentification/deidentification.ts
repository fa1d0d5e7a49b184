import { createHmac } from 'node:crypto';
import type { Metadata } from '../tables/cells.ts';
import { foldName } from '../tree/fold-name.ts';
import { ageBand } from './age-band.ts';
import { findIdentityClass, type IdentityClass } from './identity-classes.ts';

/** How much of a dataset's metadata may be kept; `none` takes nothing away and is never a default. */
export const deidentificationProfiles = ['minimal', 'research', 'none'] as const;

export type DeidentificationProfile = (typeof deidentificationProfiles)[number];

export const defaultProfile: DeidentificationProfile = 'minimal';

/** Attributes that are in no table are taken away by both. */
const kept: Readonly<Record<Exclude<DeidentificationProfile, 'none'>, ReadonlySet<IdentityClass>>> = {
  minimal: new Set(['picture', 'answer']),
  research: new Set(['picture', 'answer', 'device', 'sex', 'age']),
};

export interface Deidentification {
  readonly profile: DeidentificationProfile;
  /** Attributes in no table that the user vouches for, by name. Known identifiers are not kept by being named here. */
  readonly keep?: readonly string[] | undefined;
}

/** What of a sample's metadata may be kept. Ages become bands of five years unless the profile is `none`. */
export function deidentifyMetadata(metadata: Metadata, { profile, keep = [] }: Deidentification): Metadata {
  if (profile === 'none') return metadata;
  const vouchedFor = new Set(keep.map(foldName));
  const entries = Object.entries(metadata).flatMap(([name, value]): [string, string | number][] => {
    const identity = findIdentityClass(name);
    if (identity === undefined) return vouchedFor.has(foldName(name)) ? [[name, value]] : [];
    if (!kept[profile].has(identity)) return [];
    if (identity !== 'age') return [[name, value]];
    const band = ageBand(value);
    return band === undefined ? [] : [[name, band]];
  });
  return Object.fromEntries(entries);
}

/** 128 bits: two patients of a catalog will not meet. */
const HASH_DIGITS = 32;

/**
 * A patient's id as it may be kept: HMAC-SHA-256 under a catalog's secret salt, 32 hex digits. Without the salt a hash of
 * a short id is undone by trying all ids, so the salt stays where the catalog is and never enters an output.
 */
export function hashPatient(id: string, salt: string | Uint8Array): string {
  if (salt.length === 0) throw new RangeError('A patient is not hashed without a salt.');
  return createHmac('sha256', salt).update(id).digest('hex').slice(0, HASH_DIGITS);
}
