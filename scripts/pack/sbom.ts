import type { ShippedPackage } from './lockfile.ts';

/** A part of the product that does not come from the registry of packages. */
export interface OtherPart {
  readonly name: string;
  readonly version: string;
  readonly license: string;
}

export interface SbomRequest {
  readonly product: { readonly name: string; readonly version: string; readonly license: string };
  /** Installed beside the product. */
  readonly installed: readonly ShippedPackage[];
  /** Compiled into the window or the shell. */
  readonly bundled: readonly ShippedPackage[];
  readonly others: readonly OtherPart[];
}

/** The software bill of materials, in CycloneDX 1.6 (ECMA-424) as JSON. The same parts give the same text: it has no date and no number of its own. */
export function composeSbom({ product, installed, bundled, others }: SbomRequest): object {
  const known = new Set(installed.map(({ place }) => place));
  const packages = [
    ...installed.map((shipped) => describeComponent(shipped, 'installed')),
    ...bundled.filter(({ place }) => !known.has(place)).map((shipped) => describeComponent(shipped, 'bundled')),
  ];
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      component: {
        ...{ type: 'application', 'bom-ref': 'product', name: product.name, version: product.version },
        licenses: [{ license: { id: product.license } }],
      },
    },
    components: [...others.map(describeOther), ...packages],
  };
}

function describeOther({ name, version, license }: OtherPart): object {
  const purl = `pkg:generic/${name}@${version}`;
  return { type: 'application', 'bom-ref': purl, name, version, licenses: [{ license: { id: license } }], purl };
}

function describeComponent({ place, name, version, license, integrity }: ShippedPackage, how: string): object {
  return {
    type: 'library',
    // Two places may hold the same version.
    'bom-ref': place,
    name,
    version,
    purl: `pkg:npm/${name.replace('@', '%40')}@${version}`,
    ...(license !== undefined && { licenses: [describeLicense(license)] }),
    ...(integrity !== undefined && { hashes: readHashes(integrity) }),
    properties: [{ name: 'relevance-lightbox:shipped', value: how }],
  };
}

/** One SPDX id, or an expression of several. */
const describeLicense = (license: string): object =>
  /^[\w.+-]+$/.test(license) ? { license: { id: license } } : { expression: license };

const algorithms: Readonly<Record<string, string>> = {
  sha512: 'SHA-512',
  sha384: 'SHA-384',
  sha256: 'SHA-256',
  sha1: 'SHA-1',
};

/** Subresource integrity, as lockfiles have it, as hexadecimal digests. */
function readHashes(integrity: string): readonly object[] {
  return integrity.split(' ').flatMap((part) => {
    const [name = '', digest = ''] = part.split('-');
    const alg = algorithms[name];
    return alg === undefined ? [] : [{ alg, content: Buffer.from(digest, 'base64').toString('hex') }];
  });
}
