import path from 'node:path';
import { LightboxError } from '#shared/errors.ts';
import { draftModel, type ModelContent, type PlaceTensor } from './draft-model.ts';
import { isInside } from './external-data.ts';
import { modelProto } from './onnx-messages.ts';
import { writeMessage } from './wire-writer.ts';

export interface WriteModelOptions {
  /** The folder that tensors in files are named relative to, links resolved; they must lie inside it. */
  readonly externalDataFolder?: string;
}

/**
 * The bytes of a model. Tensors in memory are written into it; tensors in files are referred to as external data (location,
 * offset, length) and not read. Throws `model/external-data` for a tensor file outside the folder, `model/unsupported-form`
 * for attributes or tensors whose content was not read.
 */
export function writeModel(model: ModelContent, options: WriteModelOptions = {}): Uint8Array {
  const parts = writeMessage(modelProto, draftModel(model, placeOutside(options.externalDataFolder)));
  return Buffer.concat(parts.flatMap((part) => (part.kind === 'memory' ? [part.bytes] : [])));
}

function placeOutside(folder: string | undefined): PlaceTensor {
  const locations = new Map<string, string>();
  return ({ name, data }) => {
    if (data.kind === 'memory') return { rawData: data };
    const location = locations.get(data.path) ?? locate(folder, data.path, name);
    locations.set(data.path, location);
    const entries = { location, offset: String(data.offset), length: String(data.length) };
    return { dataLocation: 1, externalData: Object.entries(entries).map(([key, value]) => ({ key, value })) };
  };
}

function locate(folder: string | undefined, file: string, tensorName: string): string {
  if (folder === undefined || !isInside(path.resolve(folder), file)) {
    throw new LightboxError(
      'model/external-data',
      `Tensor "${tensorName}" lies in "${file}", which is not in the folder the graph may refer to (${folder ?? 'none'}).`,
    );
  }
  return path.relative(path.resolve(folder), file).split(path.sep).join('/');
}
