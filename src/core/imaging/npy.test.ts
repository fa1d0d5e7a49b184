import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadNpy, saveNpy } from './npy.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lightbox-npy-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('npy files', () => {
  it('come back as they were saved, and leave nothing beside them', async () => {
    const array = { shape: [2, 3], values: Float32Array.of(1, 2, 3, 4, 5, 6) };
    const path = join(folder, 'array.npy');
    await saveNpy(path, array);
    expect(await loadNpy(path)).toEqual(array);
    expect(await readdir(folder)).toEqual(['array.npy']);
  });

  it('say when they are missing or their place cannot be written', async () => {
    await expect(loadNpy(join(folder, 'none.npy'))).rejects.toMatchObject({ code: 'request/invalid' });
    const nowhere = join(folder, 'no', 'folder.npy');
    const saving = saveNpy(nowhere, { shape: [1], values: new Float32Array(1) });
    await expect(saving).rejects.toMatchObject({ code: 'output/not-writable' });
    await expect(saving).rejects.toThrow('its folder does not exist');
  });
});
