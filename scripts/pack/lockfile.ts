import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

const namesSchema = z.record(z.string(), z.string()).optional();
const oneOrMore = z.union([z.string().transform((one) => [one]), z.array(z.string())]).optional();

const entrySchema = z.object({
  name: z.string().optional(),
  version: z.string().optional(),
  license: z.string().optional(),
  integrity: z.string().optional(),
  dependencies: namesSchema,
  optionalDependencies: namesSchema,
  os: oneOrMore,
  cpu: oneOrMore,
  libc: oneOrMore,
});

const lockfileSchema = z.object({ packages: z.record(z.string(), entrySchema) });

/** Packages by where they lie: `node_modules/sharp`; the project itself is the empty path. */
export type LockedPackages = Readonly<Record<string, z.infer<typeof entrySchema>>>;

export async function loadLockfile(project: string): Promise<LockedPackages> {
  const text = await readFile(path.join(project, 'package-lock.json'), 'utf8');
  return lockfileSchema.parse(JSON.parse(text)).packages;
}

/** The machine an installation is for. */
export interface Target {
  readonly os: string;
  readonly cpu: string;
  /** Of Linux alone. */
  readonly libc?: string;
}

export interface ShippedPackage {
  /** `node_modules/sharp` */
  readonly place: string;
  readonly name: string;
  readonly version: string;
  /** As the package says it; undefined where it does not. */
  readonly license: string | undefined;
  /** `sha512-...` of the package as it came from the registry. */
  readonly integrity: string | undefined;
}

/** Everything the product needs to run on a machine: what the project depends on, and what that depends on, as npm would find it. */
export function listNeededPackages(packages: LockedPackages, target: Target): readonly ShippedPackage[] {
  const found = new Set<string>();
  const visit = (place: string): void => {
    const { dependencies = {}, optionalDependencies = {} } = packages[place] ?? {};
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
      const needed = resolve(packages, place, name);
      if (needed === undefined || found.has(needed) || !fits(packages[needed], target)) continue;
      found.add(needed);
      visit(needed);
    }
  };
  visit('');
  return [...found].toSorted().map((place) => describePackage(packages, place));
}

export function describePackage(packages: LockedPackages, place: string): ShippedPackage {
  const { name, version = '', license, integrity } = packages[place] ?? {};
  return { place, name: name ?? nameOf(place), version, license, integrity };
}

const folder = 'node_modules/';
const nameOf = (place: string): string => place.slice(place.lastIndexOf(folder) + folder.length);

/** The nearest folder of that name, from the inside out. */
function resolve(packages: LockedPackages, from: string, name: string): string | undefined {
  const here = from === '' ? `${folder}${name}` : `${from}/${folder}${name}`;
  if (Object.hasOwn(packages, here)) return here;
  if (from === '') return undefined;
  const above = from.lastIndexOf(`/${folder}`);
  return resolve(packages, above < 0 ? '' : from.slice(0, above), name);
}

function fits(entry: LockedPackages[string] | undefined, { os, cpu, libc }: Target): boolean {
  if (!entry) return false;
  return allows(entry.os, os) && allows(entry.cpu, cpu) && (libc === undefined || allows(entry.libc, libc));
}

/** npm's lists name what is allowed, or, with `!`, what is not. */
function allows(list: readonly string[] | undefined, value: string): boolean {
  if (!list) return true;
  const refused = list.filter((entry) => entry.startsWith('!'));
  if (refused.length > 0) return !refused.includes(`!${value}`);
  return list.includes(value);
}
