import { readFileSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { LightboxError } from '#shared/errors.ts';
import { openCatalog, type ReadonlyCatalog } from './catalog.ts';
import { createCatalogFolder, fillCatalog, makePrediction, makeSample, origin } from './small-catalog.ts';

const folder = createCatalogFolder();
afterAll(() => {
  folder.remove();
});

const names = Array.from({ length: 200 }, (_, index) => `${index}.png`);
const { catalog, dataset, setup } = fillCatalog(
  folder.file,
  names.map((name) => makeSample(name, { label: 'Normal', patient: name, metadata: { note: name.repeat(9) } })),
);
catalog.predictions.insertAll(
  { setup, origin },
  names.map((name, index) => makePrediction(name, index % 3, index / 200)),
);
catalog.compact();
catalog.close();
const sound = readFileSync(folder.file);
const PAGE = 4096;

type Harm = (bytes: Buffer) => Buffer;

const place = fc.oneof(fc.nat(100), fc.nat(PAGE), fc.nat(sound.length - 1));
const overwrite =
  (at: number, value: number, length: number): Harm =>
  (bytes) => {
    bytes.subarray(at, at + length).fill(value);
    return bytes;
  };

const harms: fc.Arbitrary<Harm> = fc.oneof(
  fc.tuple(place, fc.nat(255)).map(([at, value]) => overwrite(at, value, 1)),
  fc.tuple(place, fc.nat(255), fc.nat(300)).map(([at, value, length]) => overwrite(at, value, length)),
  fc.nat(sound.length).map(
    (length): Harm =>
      (bytes) =>
        bytes.subarray(0, length),
  ),
  fc.tuple(fc.nat(30), fc.nat(30)).map(
    ([from, to]): Harm =>
      (bytes) =>
        bytes.copyWithin(to * PAGE, from * PAGE, (from + 1) * PAGE),
  ),
);

/** Everything is asked once; each answer may be a sentence. */
async function use(opened: ReadonlyCatalog): Promise<boolean> {
  const questions = [
    () => opened.datasets.list(),
    () => opened.samples.listFiles(dataset),
    () => opened.samples.page({ dataset, prediction: { setup, correct: false }, sort: 'confidence' }),
    () => opened.samples.page({ dataset, text: '7' }),
    () => opened.predictions.countByClass(setup, dataset),
    () => opened.jobs.list(),
  ];
  for (const question of questions) {
    try {
      question();
    } catch (cause) {
      expect(cause).toBeInstanceOf(LightboxError);
      expect((cause as LightboxError).message).toMatch(/^(An|The|There|")[^\n]*\.$/);
    }
  }
  return (await opened.check()).sound;
}

it('a catalog damaged anywhere opens or says why, and answers or says why', async () => {
  const outcomes = { refused: 0, unsound: 0, unharmed: 0 };
  await fc.assert(
    fc.asyncProperty(fc.array(harms, { minLength: 1, maxLength: 3 }), async (harm) => {
      writeFileSync(
        folder.file,
        harm.reduce<Buffer>((bytes, change) => change(bytes), Buffer.from(sound)),
      );
      try {
        const opened = openCatalog(folder.file, { readonly: true });
        outcomes[(await use(opened)) ? 'unharmed' : 'unsound'] += 1;
        opened.close();
      } catch (cause) {
        expect(cause).toBeInstanceOf(LightboxError);
        expect((cause as LightboxError).code).toMatch(/^catalog\//);
        outcomes.refused += 1;
      }
    }),
    { seed: 21, numRuns: 200 },
  );
  // The harm reaches all that can happen.
  expect(Object.values(outcomes).every((count) => count > 5)).toBe(true);
});
