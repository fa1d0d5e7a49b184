import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createRouterClient } from '@orpc/server';
import { strFromU8, unzipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openCatalog } from '#core/catalog/index.ts';
import { createStudy, drawNoise, type Study } from './small-study.ts';

/** Two workstations, whose pictures have names of their own. */
let [left, right]: Study[] = [];
beforeEach(async () => {
  [left, right] = [await createStudy(), await createStudy()];
});
afterEach(async () => {
  await left?.remove();
  await right?.remove();
});

const at = (study: Study | undefined): Study => {
  if (!study) throw new Error('There are two workstations.');
  return study;
};

const box = { form: 'rectangle', left: 4, top: 4, width: 8, height: 8 } as const;
type Verdict = 'clean' | 'unsure' | 'suspicious';

/** What a reader says of pictures, by the seed they were drawn from. */
async function read(study: Study, author: string, said: Readonly<Record<number, Verdict>>): Promise<void> {
  await study.workbench.close();
  const catalog = openCatalog(study.catalog);
  const bySeed = await findSeeds(study, Object.keys(said).map(Number));
  for (const [seed, verdict] of Object.entries(said)) {
    const sampleId = bySeed.get(Number(seed)) ?? 0;
    catalog.reviews.put({ sampleId, author, verdict, note: '' });
    const shape = { ...box, left: author === 'A' ? 4 : 8 };
    if (verdict === 'suspicious') catalog.marks.insert({ sampleId, kind: 'marker', shape, author });
  }
  catalog.close();
}

async function findSeeds(study: Study, seeds: readonly number[]): Promise<ReadonlyMap<number, number>> {
  const drawn = await Promise.all(seeds.map(async (seed) => [seed, hashOf(await drawNoise(seed))] as const));
  return new Map(
    drawn.map(([seed, hash]) => [seed, study.look((catalog) => catalog.samples.listByContent(hash)[0]?.id ?? 0)]),
  );
}

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** The pictures of seeds 0 to 5, under names of this workstation's own. */
async function importPictures(study: Study, name: string, seeds = [0, 1, 2, 3, 4, 5]): Promise<void> {
  await study.write(name, Object.fromEntries(seeds.map((seed) => [`${seed % 2 ? 'nodule' : 'normal'}/${name}-${seed}.png`, seed]))); // prettier-ignore
  await study.import(name);
}

const everything = (study: Study): unknown =>
  study.look((catalog) => ({
    marks: catalog.datasets.list().flatMap(({ id }) => catalog.marks.listOfDataset(id)),
    reviews: catalog.datasets.list().flatMap(({ id }) => catalog.reviews.listOfDataset(id)),
  }));

describe('a study', () => {
  it('is the same file for the same catalog, names no file, and is in the log with its hash', async () => {
    const study = at(left);
    await importPictures(study, 'Doe-Jane');
    await read(study, 'A', { 0: 'clean', 1: 'suspicious' });
    const [first, again] = [study.at('a.lightbox-study'), study.at('b.lightbox-study')];
    const report = await study.workbench.exportStudy({ dataset: 'Doe-Jane', pictures: true, outputFile: first });
    expect(report).toMatchObject({ samples: 6, pictures: 6, marks: 1, reviews: 2, warnings: [] });
    await study.workbench.exportStudy({ dataset: 'Doe-Jane', pictures: true, outputFile: again });
    expect(readFileSync(again).equals(readFileSync(first))).toBe(true);
    const parts = unzipSync(readFileSync(first));
    expect(Object.entries(parts).map(([name, bytes]) => `${name} ${strFromU8(bytes, true)}`).join()).not.toMatch(/Doe|Jane|nodule/); // prettier-ignore
    expect(study.look((catalog) => catalog.log.list(2))).toMatchObject([
      { action: 'study/exported', subject: { sha256: hashOf(readFileSync(first)), samples: 6, pictures: 6 } },
      { action: 'study/exported' },
    ]);
  });

  it('brings marks and verdicts to the same pictures under other names, once', async () => {
    await importPictures(at(left), 'lungs');
    await importPictures(at(right), 'films');
    await read(at(left), 'A', { 0: 'clean', 1: 'suspicious' });
    const file = at(left).at('a.lightbox-study');
    await at(left).workbench.exportStudy({ outputFile: file });
    const report = await at(right).workbench.importStudy({ file });
    expect(report).toMatchObject({
      marks: 1,
      reviews: 2,
      match: { known: 6, missing: [], resized: [], unknownModels: [] },
    });
    expect(everything(at(right))).toMatchObject({
      marks: [{ kind: 'marker', author: 'A', shape: box }],
      reviews: [{ verdict: 'suspicious' }, { verdict: 'clean' }],
    });
    expect(await at(right).workbench.importStudy({ file })).toMatchObject({ marks: 0, reviews: 0, known: 3 });
    expect(at(right).look((catalog) => catalog.log.list(1))).toMatchObject([
      { action: 'study/imported', subject: { sha256: report.sha256 } },
    ]);
  });

  it('with pictures that are not here is refused as a whole, and says so; what fits can be taken', async () => {
    await importPictures(at(left), 'lungs');
    await importPictures(at(right), 'films', [0, 1]);
    await read(at(left), 'A', { 0: 'clean', 1: 'suspicious', 2: 'unsure' });
    const file = at(left).at('a.lightbox-study');
    await at(left).workbench.exportStudy({ outputFile: file });
    const before = everything(at(right));
    await expect(at(right).workbench.importStudy({ file })).rejects.toMatchObject({
      code: 'request/invalid',
      message: expect.stringMatching(
        /^4 of 6 pictures of "a\.lightbox-study" are in no dataset here .* so nothing was imported/,
      ) as string,
    });
    expect(everything(at(right))).toEqual(before);
    const report = await at(right).workbench.importStudy({ file, knownOnly: true });
    expect([report.match.known, report.match.missing.length, report.marks, report.reviews]).toEqual([2, 4, 1, 2]);
  });

  it('of pictures that have another size here is refused', async () => {
    await importPictures(at(left), 'lungs');
    await importPictures(at(right), 'films');
    await read(at(left), 'A', { 1: 'suspicious' });
    const file = at(left).at('a.lightbox-study');
    await at(left).workbench.exportStudy({ outputFile: file });
    await at(right).workbench.close();
    const catalog = openCatalog(at(right).catalog);
    catalog.samples.updateFiles([
      { id: 1, contentSha256: catalog.samples.get(1).contentSha256, width: 99, height: 32 },
    ]);
    catalog.close();
    await expect(at(right).workbench.importStudy({ file })).rejects.toThrow(
      '1 of 6 pictures of "a.lightbox-study" have another size',
    );
  });

  it('that is damaged changes nothing', async () => {
    await importPictures(at(left), 'lungs');
    const file = at(left).at('a.lightbox-study');
    await at(left).workbench.exportStudy({ outputFile: file });
    const bytes = readFileSync(file);
    await writeFile(file, bytes.subarray(0, bytes.length - 30));
    const before = everything(at(left));
    await expect(at(left).workbench.importStudy({ file })).rejects.toMatchObject({ code: 'request/invalid' });
    expect(everything(at(left))).toEqual(before);
  });
});

describe('two readers', () => {
  /** A reads at the left, B at the right, who has got the pictures with the study. */
  async function readTwice(): Promise<readonly [string, string]> {
    await importPictures(at(left), 'lungs');
    const pictures = at(left).at('pictures.lightbox-study');
    await at(left).workbench.exportStudy({ outputFile: pictures, pictures: true });
    await read(at(left), 'A', { 0: 'clean', 1: 'suspicious', 2: 'clean', 3: 'suspicious', 4: 'unsure' });
    const files = [at(left).at('a.lightbox-study'), at(left).at('b.lightbox-study')] as const;
    await at(left).workbench.exportStudy({ outputFile: files[0], pictures: true });
    const { pictures: saved } = await at(right).workbench.importStudy({
      file: pictures,
      pictureFolder: at(right).at('got'),
    });
    expect([saved, readdirSync(at(right).at('got')).length]).toEqual([6, 6]);
    const catalog = openCatalog(at(right).catalog);
    const names = unzipManifest(pictures);
    const said: Readonly<Record<number, Verdict>> = {
      0: 'clean',
      1: 'suspicious',
      2: 'suspicious',
      3: 'unsure',
      5: 'clean',
    };
    for (const [seed, verdict] of Object.entries(said)) {
      const original = hashOf(await drawNoise(Number(seed)));
      const sampleId = catalog.samples.listByContent(names.get(original) ?? '')[0]?.id ?? 0;
      catalog.reviews.put({ sampleId, author: 'B', verdict, note: '' });
      if (verdict === 'suspicious')
        catalog.marks.insert({ sampleId, kind: 'marker', shape: { ...box, left: 8 }, author: 'B' });
    }
    catalog.close();
    await at(right).workbench.exportStudy({ outputFile: files[1] });
    return files;
  }

  /** The hash of the picture that came along, by that of the file it was drawn from. */
  function unzipManifest(file: string): ReadonlyMap<string, string> {
    const manifest = JSON.parse(strFromU8(unzipSync(readFileSync(file))['manifest.json'] ?? new Uint8Array())) as {
      samples: { contentSha256: string; picture: { sha256: string } }[];
    };
    return new Map(manifest.samples.map(({ contentSha256, picture }) => [contentSha256, picture.sha256]));
  }

  it('are compared by hand: kappa of four cases, Dice of marks, the cases to settle in order', async () => {
    const [first, second] = await readTwice();
    const outputFolder = at(left).at('agreement');
    const agreement = await at(left).workbench.compareStudies({ first, second, outputFolder });
    // 0 and 1 are the same; 2: clean, suspicious; 3: suspicious, unsure. Rows clean 2, suspicious 2; columns clean 1, suspicious 2, unsure 1.
    expect(agreement).toMatchObject({
      readers: ['A', 'B'],
      cases: { both: 4, onlyFirst: 1, onlySecond: 1 },
      kappa: { cases: 4, observed: 0.5, expected: (2 * 1 + 2 * 2) / 16 },
    });
    expect(agreement.kappa.kappa).toBeCloseTo((0.5 - 0.375) / 0.625, 12);
    // Case 1: boxes of 8 x 8, 4 apart: half. Cases 2 and 3: only one reader marked something.
    expect(agreement.kinds).toEqual([{ kind: 'marker', cases: 3, bothMarked: 1, meanDice: 0.5 / 3 }]);
    const hashes = await Promise.all([2, 3, 4, 5].map(async (seed) => hashOf(await drawNoise(seed))));
    const [two, three, ...one] = hashes;
    expect(agreement.differing.map(({ contentSha256, reason, distance }) => [contentSha256, reason, distance])).toEqual(
      [[two, 'verdict', 2], [three, 'verdict', 1], ...one.sort().map((hash) => [hash, 'one reader', 0])],
    );
    expect(readdirSync(outputFolder).sort()).toEqual(['agreement.json', 'differing-cases.csv', 'marks.csv']);
    expect(readFileSync(`${outputFolder}/marks.csv`, 'utf8')).toBe(
      `kind,cases,both_marked,mean_dice\r\nmarker,3,1,${0.5 / 3}\r\n`,
    );
    expect(readFileSync(`${outputFolder}/differing-cases.csv`, 'utf8')).toContain(
      `${two ?? ''},verdict,clean,suspicious,0\r\n`,
    );
  });

  it('are joined, with a third reader "adjudicated", whose open cases come next in the window', async () => {
    const [first, second] = await readTwice();
    const outputFile = at(left).at('both.lightbox-study');
    expect(await at(left).workbench.mergeStudies({ first, second, outputFile })).toMatchObject({
      readers: ['A', 'B'],
      settled: 2,
      open: 4,
    });
    await at(left).workbench.importStudy({ file: outputFile });
    const bySeed = await findSeeds(at(left), [0, 1, 2, 3, 4, 5]);
    const adjudicated = [...bySeed.values()].map((id) =>
      at(left).look((catalog) => catalog.reviews.find(id, 'adjudicated')),
    );
    expect(adjudicated.map((review) => review?.verdict)).toEqual([
      'clean',
      'suspicious',
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(adjudicated[2]?.note).toBe('A: clean. B: suspicious.');
    // By path: the pictures of seeds 0, 2, 4 and 1, 3, 5; that of seed 0 is settled, that of seed 2 is not.
    const { reviews } = createRouterClient(at(left).workbench.viewer.router);
    expect(await reviews.open({ list: { dataset: 1 }, author: 'adjudicated', place: 0 })).toEqual({ place: 1 });
    const [two] = [bySeed.get(2) ?? 0];
    expect(at(left).look((catalog) => catalog.reviews.list(two).map(({ author }) => author))).toEqual([
      'A',
      'B',
      'adjudicated',
    ]);
    expect(at(left).look((catalog) => catalog.marks.list(bySeed.get(1) ?? 0))).toHaveLength(2);
  });

  it('of the same name are told apart, and of several one has to be named', async () => {
    const [first] = await readTwice();
    const { readers, kappa } = await at(left).workbench.compareStudies({ first, second: first });
    expect([readers, kappa.kappa]).toEqual([['A (first)', 'A (second)'], 1]);
    const both = at(left).at('both.lightbox-study');
    await at(left).workbench.mergeStudies({ first, second: first, outputFile: both });
    await expect(at(left).workbench.compareStudies({ first: both, second: first })).rejects.toThrow(
      'say whose with --readers',
    );
    const named = await at(left).workbench.compareStudies({ first: both, second: first, readers: ['A (first)', 'A'] });
    expect(named.differing).toEqual([]);
  });
});
