import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readAll, tinyPng, withTree } from '../test-trees.ts';
import { openFolderTree } from './folder-tree.ts';
import { walkFolders } from './walk-folders.ts';

const isRoot = process.getuid?.() === 0;

describe('a folder that cannot be opened', () => {
  it('is missing', async () => {
    await expect(openFolderTree('/no/such/folder')).rejects.toMatchObject({
      code: 'dataset/not-found',
      message: 'There is no folder "/no/such/folder"; check the path.',
    });
  });

  it('is a file', async () => {
    await withTree(['a.png'], async (folder) => {
      const opening = openFolderTree(join(folder, 'a.png'));
      await expect(opening).rejects.toMatchObject({ code: 'dataset/unreadable' });
      await expect(opening).rejects.toThrow('is not a folder');
    });
  });

  it.skipIf(isRoot)('may not be read (root may read everything)', async () => {
    await withTree(['a.png'], async (folder) => {
      await chmod(folder, 0);
      await expect(openFolderTree(folder)).rejects.toMatchObject({ code: 'dataset/unreadable' });
      await chmod(folder, 0o700);
    });
  });

  it('is left when the reader cancels', async () => {
    await withTree(['a/1.png', 'b/1.png'], async (folder) => {
      await expect(readAll(folder, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'job/cancelled' });
    });
  });
});

describe('listings', () => {
  it('leave out hidden and system files, and are in natural order', async () => {
    const files = ['10.png', '9.png', '.DS_Store', '._9.png', 'Thumbs.db', '__MACOSX/9.png', 'sub/1.png'];
    await withTree(files, async (folder) => {
      const listing = await (await openFolderTree(folder)).list('');
      expect(listing).toEqual({ folders: ['sub'], files: ['9.png', '10.png'], problems: [] });
    });
  });

  it.skipIf(isRoot)('of a folder that may not be read are empty and say why (root may read everything)', async () => {
    await withTree(['a/1.png', 'b/1.png'], async (folder) => {
      await chmod(join(folder, 'a'), 0);
      const { samples, problems } = await readAll(folder);
      expect(samples.map(({ path }) => path)).toEqual(['b/1.png']);
      expect(problems).toMatchObject([{ kind: 'unreadable-folder', path: 'a' }]);
      await chmod(join(folder, 'a'), 0o700);
    });
  });

  it('of a folder that has gone are empty and say so', async () => {
    await withTree(['a.png'], async (folder) => {
      const tree = await openFolderTree(folder);
      expect((await tree.list('gone')).problems).toEqual([
        { kind: 'unreadable-folder', path: 'gone', sentence: 'The folder "gone" cannot be read (ENOENT).' },
      ]);
    });
  });

  it('leave out what is neither file nor folder, such as a socket', async () => {
    await withTree(['a/1.png', 'b/1.png'], async (folder) => {
      const server = createServer();
      await new Promise<void>((resolve) => server.listen(join(folder, 'a', '2.png'), resolve));
      await symlink(join(folder, 'a', '2.png'), join(folder, 'b', '3.png'));
      const { samples, problems } = await readAll(folder);
      server.close();
      expect(samples.map(({ path }) => path)).toEqual(['a/1.png', 'b/1.png']);
      expect(problems).toMatchObject([{ kind: 'link-not-followed', path: 'b/3.png' }]);
    });
  });

  it('name a file whose name is no Unicode instead of offering what cannot be opened', async () => {
    await withTree(['a/1.png', 'b/1.png'], async (folder) => {
      await writeFile(Buffer.concat([Buffer.from(join(folder, 'a/')), Buffer.of(0xff, 0xfe), Buffer.from('.png')]), '');
      const { samples, problems } = await readAll(folder);
      expect(samples).toHaveLength(2);
      expect(problems).toMatchObject([{ kind: 'unreadable-file' }]);
      expect(problems[0]?.sentence).toContain('not valid Unicode');
    });
  });
});

describe('links', () => {
  it('to files are those files, outside the folder too', async () => {
    await withTree(['far.png'], async (elsewhere) => {
      await withTree(['a/1.png', 'b/1.png'], async (folder) => {
        await symlink(join(elsewhere, 'far.png'), join(folder, 'a', '2.png'));
        const { samples, problems } = await readAll(folder);
        expect(samples.map(({ path }) => path)).toEqual(['a/1.png', 'a/2.png', 'b/1.png']);
        expect(problems).toEqual([]);
      });
    });
  });

  it('to folders are not followed: not up, not out, not round in a circle', async () => {
    await withTree(['secret/1.png'], async (elsewhere) => {
      await withTree(['a/1.png', 'b/1.png'], async (folder) => {
        await symlink(folder, join(folder, 'a', 'up'));
        await symlink('.', join(folder, 'a', 'self'));
        await symlink(elsewhere, join(folder, 'out'));
        await symlink(join(folder, 'a', 'loop2'), join(folder, 'a', 'loop1'));
        await symlink(join(folder, 'a', 'loop1'), join(folder, 'a', 'loop2'));
        const { samples, problems } = await readAll(folder);
        expect(samples.map(({ path }) => path)).toEqual(['a/1.png', 'b/1.png']);
        const paths = problems.filter(({ kind }) => kind === 'link-not-followed').map(({ path }) => path);
        expect(paths.toSorted()).toEqual(['a/loop1', 'a/loop2', 'a/self', 'a/up', 'out']);
      });
    });
  });

  it('as the dataset folder itself are followed: the user named it', async () => {
    await withTree(['a/1.png', 'b/1.png'], async (folder) => {
      await withTree([], async (elsewhere) => {
        await symlink(folder, join(elsewhere, 'link'));
        expect((await readAll(join(elsewhere, 'link'))).samples).toHaveLength(2);
      });
    });
  });
});

describe('names of every kind', () => {
  it.each([
    ['spaces and parentheses', 'non_COVID (12) [x] &%#?.png'],
    ['Unicode', 'röntgen-胸部-الصدر-🫁.png'],
    ['decomposed accents', 'me\u0301lanome.png'],
    ['quotes', `it's "quoted".png`],
    ['a newline', 'two\nlines.png'],
    ['a leading dash', '-rf.png'],
    ['prototype words', 'constructor.png'],
  ])('%s', async (_, name) => {
    const { samples } = await withTree([`__proto__/${name}`, `toString/${name}`], (folder) => readAll(folder));
    expect(samples).toMatchObject([
      { path: `__proto__/${name}`, label: '__proto__' },
      { path: `toString/${name}`, label: 'toString' },
    ]);
  });

  it('paths over 300 characters', async () => {
    const deep = Array.from({ length: 6 }, (_, at) => `${'deep-folder-'.repeat(5)}${at}`).join('/');
    const { samples } = await withTree([`one/${deep}/a.png`, 'two/a.png'], (folder) => readAll(folder));
    expect(samples.map(({ path }) => path)).toEqual([`one/${deep}/a.png`, 'two/a.png']);
    expect(deep.length).toBeGreaterThan(300);
  });

  it('a picture 150 folders down', async () => {
    await withTree(['a/1.png', 'b/1.png'], async (folder) => {
      let path = join(folder, 'a');
      for (let depth = 0; depth < 150; depth++) {
        path = join(path, 'x'.repeat(20));
        await mkdir(path);
      }
      await writeFile(join(path, '2.png'), tinyPng);
      expect((await readAll(folder)).samples).toHaveLength(3);
    });
  });
});

it('walks depth first in natural order', async () => {
  await withTree(['b/2/x.png', 'b/10/x.png', 'a/x.png'], async (folder) => {
    const visited: string[] = [];
    for await (const { path } of walkFolders(await openFolderTree(folder))) visited.push(path);
    expect(visited).toEqual(['', 'a', 'b', 'b/2', 'b/10']);
  });
});
