/** What a lock file may bring in. Nothing is asked of a network. */

interface LockedPackage {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly license?: string;
  readonly link?: boolean;
  readonly hasInstallScript?: boolean;
  /** Only for building and testing. */
  readonly dev?: boolean;
}

export interface LockFile {
  readonly lockfileVersion: number;
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

export interface PackageFile {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  /** False: its install script never runs. */
  readonly allowScripts?: Readonly<Record<string, boolean>>;
}

const registry = 'https://registry.npmjs.org/';

/** What is shipped: licences under which this product may carry it along. */
const shippedLicences: readonly string[] = [
  ...['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'MPL-2.0', '0BSD', 'CC0-1.0', 'Zlib'],
  // libvips, loaded as a library of its own that can be exchanged.
  'LGPL-3.0-or-later',
];
/** What builds and tests it. */
const toolLicences: readonly string[] = [...shippedLicences, 'BlueOak-1.0.0', 'Python-2.0', 'CC-BY-4.0', 'WTFPL'];

/** Packages that name no licence by its identifier; their texts were read. */
const readLicences: Readonly<Record<string, string>> = {
  'node_modules/dejavu-fonts-ttf': 'SEE LICENSE IN README.md AND LICENSE',
  'node_modules/png-js': '',
};

/** Everything that is not as it should be, in sentences; none is well. @param reviewed what is shipped: `name@version`, in order. */
export function auditLock(lock: LockFile, file: PackageFile, reviewed: readonly string[]): readonly string[] {
  const packages = Object.entries(lock.packages).filter(([place]) => place !== '');
  return [
    ...(lock.lockfileVersion === 3 ? [] : [`The lock file is of version ${lock.lockfileVersion}, not 3.`]),
    ...packages.flatMap(([place, one]) => [...auditOrigin(place, one), ...auditLicence(place, one)]),
    ...packages.flatMap(([place, one]) => auditScript(nameOf(place), one, file)),
    ...auditRanges(file),
    ...compareLists(listShipped(lock), reviewed),
  ];
}

/** What is shipped with the product, as `name@version`, in order. */
export function listShipped({ packages }: LockFile): readonly string[] {
  const shipped = Object.entries(packages).filter(([place, { dev }]) => place !== '' && dev !== true);
  return [...new Set(shipped.map(([place, { version = '' }]) => `${nameOf(place)}@${version}`))].sort();
}

const nameOf = (place: string): string => place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);

function auditOrigin(place: string, { resolved, integrity = '', link }: LockedPackage): readonly string[] {
  if (link === true) return [`${place} is a link to a folder.`];
  return [
    ...(resolved === undefined || resolved.startsWith(registry) ? [] : [`${place} comes from ${resolved}, not from the registry.`]),
    ...(/^sha512-[\w+/]{86}==$/.test(integrity) ? [] : [`${place} has no SHA-512 of what it must be.`]),
  ];
} // prettier-ignore

function auditLicence(place: string, { license = '', dev = false }: LockedPackage): readonly string[] {
  if (readLicences[place] === license) return [];
  const allowed = dev ? toolLicences : shippedLicences;
  // One of those it may be chosen from; all of those that hold together.
  const isAllowed = license
    .replaceAll(/[()]/g, '')
    .split(' OR ')
    .some((choice) => choice.split(' AND ').every((name) => allowed.includes(name)));
  return isAllowed ? [] : [`${place} is under "${license}", which is not on the list.`];
}

function auditScript(name: string, { hasInstallScript = false }: LockedPackage, file: PackageFile): readonly string[] {
  if (!hasInstallScript || file.allowScripts?.[name] === false) return [];
  return [`${name} has an install script, which package.json does not switch off (allowScripts).`];
}

function auditRanges({ dependencies, devDependencies, optionalDependencies }: PackageFile): readonly string[] {
  const all = Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies });
  return all.flatMap(([name, range]) =>
    /^\d+\.\d+\.\d+$/.test(range) ? [] : [`${name} is asked for as "${range}", not as one version.`],
  );
}

function compareLists(shipped: readonly string[], reviewed: readonly string[]): readonly string[] {
  return [
    ...shipped.filter((one) => !reviewed.includes(one)).map((one) => `${one} is shipped, but was not reviewed.`),
    ...reviewed.filter((one) => !shipped.includes(one)).map((one) => `${one} was reviewed, but is not shipped any more.`),
  ];
} // prettier-ignore
