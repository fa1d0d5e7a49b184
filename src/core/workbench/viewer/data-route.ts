import path from 'node:path';
import type { KeptVariant, ReadonlyCatalog } from '#core/catalog/index.ts';
import {
  carryMap,
  decodePicture,
  decodeValues,
  renderPlanesPng,
  resizeToInput,
  writeDisplayPng,
} from '#core/imaging/index.ts';
import { LightboxError } from '#shared/errors.ts';
import { writeNpy, type NpyValues } from '#shared/npy.ts';
import { drawFilled } from './audit/filled-picture.ts';
import { figureTypes, type PassingFigures } from './figures/passing-figures.ts';
import type { PassingMaps } from './concepts/passing-maps.ts';
import { thumbnailSize } from '../collection/examine-file.ts';
import { readInputRecipe } from './picture-facts.ts';
import { alterSample } from './robustness/alter-sample.ts';

/** Bytes for the window, and what they are. What is named by a hash never changes. */
export interface ServedData {
  readonly type: 'image/jpeg' | 'application/octet-stream' | (typeof figureTypes)[keyof typeof figureTypes];
  readonly bytes: Uint8Array;
  readonly isForever: boolean;
}

type Server = (catalog: ReadonlyCatalog, name: string) => Promise<ServedData | undefined>;

const largest = { width: 8192, height: 8192 };

const servers: Readonly<Record<string, Server>> = {
  thumbnail: (catalog, name) => {
    const bytes = catalog.thumbnails.find(name, thumbnailSize);
    return Promise.resolve(bytes && { type: 'image/jpeg', bytes, isForever: true });
  },
  picture: async (catalog, name) => {
    if (!/^\d{1,15}$/.test(name)) return undefined;
    const picture = await decodePicture(findFile(catalog, name));
    return { type: 'image/png', bytes: await writeDisplayPng(picture, largest), isForever: false };
  },
  values: async (catalog, name) => {
    if (!/^\d{1,15}$/.test(name)) return undefined;
    return serveRaster(await decodeValues(findFile(catalog, name)));
  },
  'model-input': async (catalog, name) => {
    const [, sample, setup] = /^(\d{1,15})-(\d{1,15})$/.exec(name) ?? [];
    if (sample === undefined || setup === undefined) return undefined;
    const recipe = readInputRecipe(catalog, Number(setup));
    const { samples, ...size } = resizeToInput(await decodePicture(findFile(catalog, sample)), recipe);
    return serveRaster({ ...size, values: samples });
  },
  variant: async (catalog, name) => {
    const row = findVariant(catalog, name);
    const altered = row && (await alterSample(catalog, row, findFile(catalog, String(row.sampleId))));
    return altered && { type: 'image/png', bytes: (await renderPlanesPng(altered.planes)).png, isForever: false };
  },
  carried: async (catalog, name) => {
    const row = findVariant(catalog, name);
    const altered = row && (await alterSample(catalog, row, findFile(catalog, String(row.sampleId))));
    if (!altered || row.arraySha256 === undefined) return undefined;
    const { shape, values } = await catalog.arrays.load(row.arraySha256);
    const carried = carryMap(Float32Array.from(values, Number), altered);
    const shown = carried.values.map((value, pixel) => (carried.valid[pixel] === 1 ? value : NaN));
    return { type: 'application/octet-stream', bytes: writeNpy({ shape, values: shown }), isForever: false };
  },
  filled: async (catalog, name) => {
    const bytes = await drawFilled(catalog, name);
    return bytes && { type: 'image/png', bytes, isForever: false };
  },
  array: async (catalog, name) => {
    if (!/^[\da-f]{64}$/.test(name) || !catalog.arrays.has(name)) return undefined;
    return { type: 'application/octet-stream', bytes: writeNpy(await catalog.arrays.load(name)), isForever: true };
  },
};

/** Undefined where it was computed anew since. */
function findVariant(catalog: ReadonlyCatalog, name: string): KeptVariant | undefined {
  return /^\d{1,15}$/.test(name) ? catalog.variants.find(Number(name)) : undefined;
}

function findFile(catalog: ReadonlyCatalog, sampleId: string): string {
  const sample = catalog.samples.get(Number(sampleId));
  return path.join(catalog.datasets.get(sample.datasetId).folder, sample.path);
}

interface ServedRaster {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly values: NpyValues;
}

function serveRaster({ width, height, channels, values }: ServedRaster): ServedData {
  const shape = channels === 1 ? [height, width] : [height, width, channels];
  return { type: 'application/octet-stream', bytes: writeNpy({ shape, values }), isForever: false };
}

interface ServedPlaces {
  readonly catalog: ReadonlyCatalog;
  readonly maps: PassingMaps;
  readonly figures: PassingFigures;
}

/** What lies at `data/KIND/NAME`; undefined where there is nothing. Throws `picture/...`, `sample/unknown`, `catalog/damaged`. */
export async function serveData(
  { catalog, maps, figures }: ServedPlaces,
  address: string,
): Promise<ServedData | undefined> {
  const [kind = '', name = '', ...more] = address.split('/');
  if (more.length > 0) return undefined;
  if (kind === 'map') return servePassing(maps.find(name));
  if (kind === 'figure') return serveFigure(figures, name);
  const serve = Object.hasOwn(servers, kind) ? servers[kind] : undefined;
  if (!serve) return undefined;
  try {
    return await serve(catalog, name);
  } catch (cause) {
    const error = LightboxError.from(cause);
    if (error.code === 'sample/unknown' || error.code === 'picture/not-found') return undefined;
    throw error;
  }
}

function servePassing(bytes: Uint8Array | undefined): ServedData | undefined {
  return bytes && { type: 'application/octet-stream', bytes, isForever: true };
}

function serveFigure(figures: PassingFigures, name: string): ServedData | undefined {
  const [sha256 = '', format = ''] = name.split('.');
  const bytes = figures.find(sha256);
  const type = Object.entries(figureTypes).find(([known]) => known === format)?.[1];
  return bytes && type && { type, bytes, isForever: true };
}
