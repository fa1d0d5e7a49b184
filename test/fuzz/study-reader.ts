import { zipSync } from 'fflate';
import { describePart, readBundle, writeBundle } from '#core/bundles/index.ts';
import { flipBits, type Mutation } from '#core/imaging/seeded-mutations.ts';
import { mutateJson, type FuzzReader } from './fuzz-reader.ts';

const hash = (letter: string): string => letter.repeat(64);

const marks = {
  format: 'relevance-lightbox/marks' as const,
  version: 1 as const,
  samples: [
    {
      ...{ contentSha256: hash('a'), width: 64, height: 48 },
      marks: [
        {
          ...{ kind: 'hair', author: 'A', note: 'n', createdMs: 5 },
          shape: { form: 'rectangle' as const, left: 1, top: 2, width: 3, height: 4 },
        },
      ],
      reviews: [{ author: 'A', verdict: 'clean' as const, note: '', updatedMs: 7 }],
    },
  ],
};
const picture = Buffer.from('89504e470d0a1a0a', 'hex');
const manifest = {
  program: '0.1.0',
  samples: [
    { contentSha256: hash('a'), width: 64, height: 48, picture: describePart(picture) },
    { contentSha256: hash('b'), width: 9, height: 9 },
  ],
  models: [{ sha256: hash('c'), title: 'A network', labels: ['one', 'two'] }],
  settings: [{ model: hash('c'), kind: 'prediction' as const, sha256: hash('d'), settings: { resize: 8 } }],
};

/** A bundle as it is, for tests. */
export const soundBundle = (): Buffer =>
  Buffer.from(writeBundle({ manifest, marks, pictures: new Map([[describePart(picture).sha256, picture]]) }));

/** Damages a document inside, and puts the bundle together so that all hashes are right again. */
const damageDocuments: Mutation = (_, random) => {
  const damage = (document: object): Buffer => {
    const bytes = Buffer.from(JSON.stringify(document));
    return random(3) === 0 ? flipBits(bytes, random) : mutateJson(bytes, random);
  };
  const damagedMarks = random(2) === 0 ? damage(marks) : Buffer.from(JSON.stringify(marks));
  const whole = { format: 'relevance-lightbox/study', version: 1, ...manifest, marks: describePart(damagedMarks) };
  const parts = {
    'manifest.json': random(2) === 0 ? damage(whole) : Buffer.from(JSON.stringify(whole)),
    'marks.json': damagedMarks,
    [`pictures/${describePart(picture).sha256}.png`]: picture,
  };
  return Buffer.from(zipSync(parts));
};

export const studyReader: FuzzReader = {
  share: 7,
  memoryBytes: 700_000_000,
  codes: /^request\/invalid$/,
  open: () =>
    Promise.resolve({
      subjects: [
        { bytes: soundBundle(), weight: 2 },
        { bytes: soundBundle(), weight: 1, mutations: [damageDocuments] },
      ],
      read: (bytes) => {
        readBundle(bytes, 'mutant');
        return Promise.resolve();
      },
      close: () => Promise.resolve(),
    }),
};
