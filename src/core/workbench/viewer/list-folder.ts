import { readdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import type { FolderView } from '#shared/contract/folders.ts';
import { LightboxError } from '#shared/errors.ts';

const pictureEnding = /\.(png|jpe?g|bmp|tiff?|webp|gif|dcm|dicom)$/i;

/** Folders to choose from, and the model files there; the home folder when none is named. Throws `dataset/not-found`, `dataset/unreadable`. */
export async function listFolder(folder: string = homedir()): Promise<FolderView> {
  const place = path.resolve(expandHome(folder.trim()));
  const entries = await readdir(place, { withFileTypes: true }).catch((cause: unknown) => {
    throw describeFailure(place, cause);
  });
  const shown = entries
    .filter(({ name }) => !name.startsWith('.'))
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
  const at = ({ name }: { readonly name: string }): { readonly name: string; readonly path: string } => ({
    name,
    path: path.join(place, name),
  });
  const parent = path.dirname(place);
  const files = shown.filter((entry) => entry.isFile());
  return {
    path: place,
    ...(parent !== place && { parent }),
    folders: shown.filter((entry) => entry.isDirectory() || entry.isSymbolicLink()).map(at),
    pictures: files.filter(({ name }) => pictureEnding.test(name)).length,
    models: files.filter(({ name }) => /\.onnx$/i.test(name)).map(at),
  };
}

/** `~` is the home folder, as people type it. */
const expandHome = (folder: string): string => folder.replace(/^~(?=$|[\\/])/, homedir());

function describeFailure(folder: string, cause: unknown): LightboxError {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (code === 'EACCES' || code === 'EPERM')
    return new LightboxError('dataset/unreadable', `You may not look into "${folder}"; ask for the rights to it.`);
  if (code === 'ENOTDIR')
    return new LightboxError('dataset/not-found', `"${folder}" is a file; choose the folder it lies in.`);
  return new LightboxError('dataset/not-found', `There is no folder "${folder}"; check the spelling.`);
}
