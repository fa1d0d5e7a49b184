import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openCatalog } from '#core/catalog/index.ts';
import { runLightbox, type Finished } from './run-lightbox.ts';
import { createSmallWorld, type SmallWorld } from './small-world.ts';

let world: SmallWorld;
let catalog: string;
beforeAll(async () => {
  world = await createSmallWorld(4);
  catalog = world.at('study.lightbox');
  await run('import', world.folder, '--name', 'films', '--as', 'folders');
});
afterAll(() => world.remove());

const run = (...args: string[]): Promise<Finished> => runLightbox([...args, '--catalog', catalog]);

/** What two readers say, who have the same name for once. */
function read(verdicts: Readonly<Record<number, 'clean' | 'suspicious'>>, author: string): void {
  const opened = openCatalog(catalog);
  for (const [sampleId, verdict] of Object.entries(verdicts))
    opened.reviews.put({ sampleId: Number(sampleId), author, verdict, note: '' });
  opened.close();
}

describe('lightbox study', () => {
  test('exports, refuses, imports, compares and joins', async () => {
    const [a, b, both] = ['a', 'b', 'both'].map((name) => world.at(`${name}.lightbox-study`)) as [string, string, string];
    read({ 1: 'clean', 2: 'suspicious', 3: 'clean', 4: 'suspicious' }, 'A');
    expect(await run('study', 'export', '--dataset', 'films', '--out', a)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('samples: 4, pictures: 0, marks: 0, reviews: 4') as string,
    });
    read({ 1: 'clean', 2: 'suspicious', 3: 'suspicious', 4: 'clean' }, 'B');
    await run('study', 'export', '--out', b);
    const agreement = await runLightbox(['study', 'agreement', a, b, '--readers', 'A,B']);
    // Two of four the same, halves on each side: expected 0.5.
    expect(agreement.stdout).toContain('verdicts of 4 cases: the same 0.500, by chance 0.500, kappa 0.000');
    expect(agreement.stdout.split('\n').filter((line) => line.includes('verdict ')).length).toBe(2);
    expect((await runLightbox(['study', 'merge', a, b, '--readers', 'A,B', '--out', both])).stdout).toContain('settled: 2, to settle: 2');
    expect((await run('study', 'import', both)).stdout).toContain('reviews: 4; known or newer here: 8');

    const failed = await run('study', 'export', '--out', world.at('study.zip'));
    expect([failed.code, failed.stderr]).toEqual([1, expect.stringContaining('end it in .lightbox-study. [request/invalid]')]);
    const elsewhere = await runLightbox(['study', 'import', a, '--catalog', world.at('empty.lightbox')]);
    expect([elsewhere.code, elsewhere.stderr]).toEqual([1, expect.stringContaining('4 of 4 pictures of "a.lightbox-study" are in no dataset here')]);
  }); // prettier-ignore
});

describe('lightbox log', () => {
  test('shows who did what, and proves it', async () => {
    read({ 1: 'clean' }, 'C');
    const shown = await run('log', 'show', '--last', '1');
    expect(shown.stdout).toMatch(/C +verdict\/given +\{"author":"C","contentSha256":"[\da-f]{64}","verdict":"clean"\}/);
    const verified = await run('log', 'verify');
    const hash = /hash ([\da-f]{64})\n$/.exec(verified.stdout)?.[1] ?? '';
    expect([verified.code, hash.length]).toEqual([0, 64]);
    read({ 2: 'clean' }, 'C');
    expect((await run('log', 'verify', '--expect', hash)).code).toBe(0);
    expect(await run('log', 'verify', '--expect', 'f'.repeat(64))).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('was written anew') as string,
    });
  });

  test('finds out who changes the file', async () => {
    const bytes = readFileSync(catalog, 'latin1');
    expect(bytes).toContain('verdict/given');
    writeFileSync(catalog, bytes.replaceAll('verdict/given', 'verdict/taken'), 'latin1');
    const verified = await run('log', 'verify', '--json');
    expect([verified.code, JSON.parse(verified.stdout)]).toMatchObject([1, { isWhole: false, fault: expect.stringContaining('was altered') as string }]);
    expect((await run('catalog', 'check')).code).toBe(1);
  }); // prettier-ignore
});
