/**
 * Times the catalog with 100,000 samples: `node test/catalog/bench.ts [samples]`. Best, median and slowest of nine, by the
 * clock and in processor time, which other programs on the machine disturb less.
 */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openCatalog, type Catalog, type NewSample, type SamplePageRequest } from '#core/catalog/index.ts';

const count = Number(process.argv[2] ?? 100_000);
const folder = mkdtempSync(path.join(tmpdir(), 'lightbox-catalog-bench-'));
const file = path.join(folder, 'bench.catalog');
const labels = ['COVID-19', 'Non-COVID', 'Normal'];
const splits = ['Train', 'Train', 'Train', 'Val', 'Test'];
const origin = { version: '0.1.0', provider: 'cpu' } as const;
const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
const write = (line: string): void => void process.stdout.write(`${line}\n`);

/** Small, seeded, spread over 0 to 1. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const random = createRandom(1);
const pick = <Value>(values: readonly Value[]): Value => values[Math.floor(random() * values.length)] as Value;

/** As long and as many-faceted as COVID-QU-Ex; one in twelve is a copy in the other tree. */
function makeSamples(): readonly NewSample[] {
  return Array.from({ length: count }, (_, index) => {
    const [split, label] = [pick(splits), pick(labels)];
    const isCopy = index % 12 === 11;
    const tree = isCopy ? 'Infection' : 'Lung';
    return {
      path: `${tree} Segmentation Data/${tree} Segmentation Data/${split}/${label}/images/${label} (${index}).png`,
      ...{ split, label, collection: tree.toLowerCase(), patient: `IP_${index % 5000}` },
      contentSha256: hashOf(String(isCopy ? index - 1 : index)),
      ...{ bytes: 50_000 + index, mtimeMs: 1_700_000_000_000 + index, width: 256, height: 256 },
      masks: [{ kind: 'lung', path: `${tree}/${split}/${label}/lung masks/${label} (${index}).png` }],
      metadata: { age: index % 90, sex: pick(['male', 'female']), site: 'torso' },
    };
  });
}

function timeRate(name: string, rows: number, work: () => void): void {
  const [start, used] = [performance.now(), process.cpuUsage()];
  work();
  const { user, system } = process.cpuUsage(used);
  const rate = (milliseconds: number): string => Math.round((rows / milliseconds) * 1000).toLocaleString('en');
  const [wall, cpu] = [performance.now() - start, (user + system) / 1000];
  write(`${name.padEnd(46)} ${rate(wall)} /s   ${rate(cpu)} per second of processor time`);
}

function timeCall(name: string, work: () => unknown): void {
  const wall: number[] = [];
  const cpu: number[] = [];
  for (let run = 0; run < 9; run++) {
    const [start, used] = [performance.now(), process.cpuUsage()];
    work();
    const { user, system } = process.cpuUsage(used);
    wall.push(performance.now() - start);
    cpu.push((user + system) / 1000);
  }
  const show = (times: readonly number[]): string => {
    const [best = 0, , , , median = 0, , , , slowest = 0] = times.toSorted((left, right) => left - right);
    return [best, median, slowest].map((time) => time.toFixed(1).padStart(7)).join('');
  };
  write(`${name.padEnd(46)} ${show(wall)}   cpu ${show(cpu)} ms`);
}

function predict(catalog: Catalog, setup: number, samples: readonly NewSample[]): void {
  const rows = samples.map(({ contentSha256 = '', label = '' }) => {
    const predicted = random() < 0.85 ? labels.indexOf(label) : Math.floor(random() * 3);
    const probabilities = Float32Array.of(0.2, 0.3, 0.5);
    return { contentSha256, logits: probabilities, probabilities, predicted, confidence: 0.34 + 0.66 * random() };
  });
  timeRate('insert predictions', samples.length, () => catalog.predictions.insertAll({ setup, origin }, rows));
}

async function fill(catalog: Catalog) {
  const dataset = catalog.datasets.insert({
    ...{ name: 'bench', folder: '/data', layout: 'covid-qu-ex', profile: 'basic', recipe: {} },
  }).id;
  const samples = makeSamples();
  timeRate('insert samples, one mask each', count, () => catalog.samples.insertAll(dataset, samples));
  timeRate('link duplicates', count, () => catalog.samples.linkDuplicates(dataset, ['lung']));
  const model = catalog.models.insert({ sha256: hashOf('model'), file: 'm.onnx', labels, architecture: {} }).id;
  const setups = [1, 2].map((seed) => catalog.setups.insert({ model, kind: 'prediction', settings: { seed } }).id);
  const once = samples.filter((_, index) => index % 12 !== 11);
  for (const setup of setups) predict(catalog, setup, once);
  const attribution = catalog.setups.insert({ model, kind: 'attribution', settings: {} }).id;
  const arraySha256 = await catalog.arrays.save({ shape: [2], values: Float32Array.of(1, 2) });
  const rows = once.map(({ contentSha256 = '' }) => ({
    ...{ contentSha256, arraySha256, composite: 'EpsilonPlusFlat', target: 1, initialRelevance: 1, sum: random() },
    provenance: { milliseconds: 125, warnings: [] },
  }));
  timeRate('insert attributions', once.length, () =>
    catalog.attributions.insertAll({ setup: attribution, origin }, rows),
  );
  const ids = catalog.samples.listFiles(dataset).flatMap(({ id }) => (random() < 0.05 ? [id] : []));
  catalog.tags.insert('suspicious', ids);
  const layer = readConcepts(catalog, dataset, model);
  return { dataset, setups, attribution, layer };
}

/** Of as many channels as the last convolution of VGG16; a layer of 14 by 14 positions. */
const channels = 512;

/** Relevance of one layer's channels on every sample; all rows are of one drawing, turned. */
function readConcepts(catalog: Catalog, dataset: number, model: number): number {
  const setup = catalog.setups.insert({ model, kind: 'concept', settings: {} }).id;
  const [layer] = catalog.concepts.layers.insertAll([{ setup, name: 'conv', channels, height: 14, width: 14 }]);
  const drawn = Float32Array.from({ length: 2 * channels }, () => (random() - 0.3) ** 5);
  const positions = Uint16Array.from({ length: channels }, () => Math.floor(random() * 196));
  const unread = catalog.concepts.listUnread([layer?.id ?? 0], { dataset, classes: labels });
  const before = statSync(file).size;
  timeRate(`insert what ${channels} concepts carry, 8 at once`, unread.length, () => {
    for (let start = 0; start < unread.length; start += 8) {
      const readings = unread.slice(start, start + 8).map(({ contentSha256, label }, row) => {
        const first = (start + row) % channels;
        const sums = drawn.subarray(first, first + channels);
        const concepts = [{ layer: layer?.id ?? 0, sums, peaks: { values: sums, positions } }];
        return { contentSha256, explained: { label, target: labels.indexOf(label), logit: 1 }, concepts };
      });
      catalog.concepts.insertAll(origin, readings);
    }
  });
  const rows = catalog.samples.count({ dataset, concept: { layer: layer?.id ?? 0, channel: 0 } });
  write(
    `${((statSync(file).size - before) / rows).toFixed(0)} bytes a sample and layer (its values: ${10 * channels})`,
  );
  return layer?.id ?? 0;
}

function timeConcepts(catalog: Catalog, dataset: number, layer: number): void {
  const scope = { dataset, classes: labels };
  const best = (channel: number | undefined) => () => {
    let highest = -Infinity;
    catalog.concepts.walk({ layer, scope, channel }, ({ sums, absolute }) => {
      highest = Math.max(highest, (sums[0] ?? 0) / absolute);
    });
    return highest;
  };
  timeCall('best sample of a concept', best(7));
  timeCall('all concepts of all samples', best(undefined));
  timeCall('missing readings: none', () => catalog.concepts.listUnread([layer], scope));
}

type Filled = Awaited<ReturnType<typeof fill>>;
type Request = Omit<SamplePageRequest, 'dataset'>;

/** What a reviewer asks for. */
function listRequests({ setups, attribution: maps, layer }: Filled): readonly (readonly [string, Request])[] {
  const [setup = 0, other = 0] = setups;
  const [prediction, right, wrong] = [{ setup }, { setup, correct: true }, { setup, correct: false }];
  const byConfidence = { sort: 'confidence' } as const;
  const bySum = { sort: 'sum', attribution: { setup: maps } } as const;
  return [
    ['all, by path', {}],
    ['Normal, by path', { label: 'Normal' }],
    ['text, by path', { text: '(99' }],
    ['text, by confidence', { text: '(99', prediction, ...byConfidence }],
    ['predicted, by confidence', { prediction, ...byConfidence }],
    ['Test, Normal, wrong, by confidence', { split: 'Test', label: 'Normal', prediction: wrong, ...byConfidence }],
    ['right, by confidence', { prediction: right, ...byConfidence }],
    ['right, by path', { prediction: right }],
    ['wrong, by path', { prediction: wrong }],
    [
      'unsure, no copies, by confidence',
      { prediction: { setup, confidenceBelow: 0.5 }, duplicates: false, ...byConfidence },
    ],
    ['tagged, predicted 1, by path', { tags: ['suspicious'], prediction: { setup: other, predicted: 1 } }],
    ['tagged, by sum', { tags: ['suspicious'], ...bySum }],
    ['wrong, by sum', { prediction: wrong, ...bySum }],
    ['Test, Normal, wrong, by sum', { split: 'Test', label: 'Normal', prediction: wrong, ...bySum }],
    ['right, by sum', { prediction: right, ...bySum }],
    ['by share of a concept', { concept: { layer, channel: 7 }, sort: 'share' }],
    ['concept above 1 %, by share', { concept: { layer, channel: 7, shareAbove: 0.01 }, sort: 'share' }],
    [
      'Test, Normal, concept above 0, by share',
      { split: 'Test', label: 'Normal', concept: { layer, channel: 7, shareAbove: 0 }, sort: 'share' },
    ],
    [
      'wrong, concept above 1 %, by share',
      { prediction: wrong, concept: { layer, channel: 7, shareAbove: 0.01 }, sort: 'share' },
    ],
  ];
}

function timePages(catalog: Catalog, filled: Filled): void {
  const { dataset, setups, attribution, layer } = filled;
  const [setup = 0] = setups;
  for (const [name, request] of listRequests(filled)) {
    const filter = { ...request, dataset };
    const total = catalog.samples.count(filter);
    const page = (offset: number) => () => catalog.samples.page({ dataset, ...request, offset });
    timeCall(`${name}: count (${total})`, () => catalog.samples.count(filter));
    timeCall(`${name}: first page`, page(0));
    timeCall(`${name}: middle page`, page(Math.floor(total / 2)));
    timeCall(`${name}: page at three quarters`, page(Math.floor((3 * total) / 4)));
    timeCall(`${name}: last page`, page(Math.max(0, total - 200)));
  }
  const order = { dataset, prediction: { setup }, sort: 'confidence' } as const;
  const { next } = catalog.samples.page({ ...order, offset: count / 2 });
  timeCall('behind the middle, by confidence: next page', () => catalog.samples.page({ ...order, after: next }));
  timeConcepts(catalog, dataset, layer);
  timeCall('confusion matrix', () => catalog.predictions.countByClass(setup, dataset));
  timeCall('groups with counts', () => catalog.samples.countByGroup(dataset));
  timeCall('missing predictions: none', () => catalog.predictions.listMissing(setup, { dataset }));
  timeCall('missing predictions: all', () => catalog.predictions.listMissing(attribution, { dataset }));
}

async function timeUpkeep(catalog: Catalog): Promise<void> {
  write(`database ${(statSync(file).size / 1e6).toFixed(0)} MB`);
  const time = async (name: string, work: () => unknown): Promise<void> => {
    const start = performance.now();
    await work();
    write(`${name.padEnd(46)} ${((performance.now() - start) / 1000).toFixed(2)} s`);
  };
  await time('check', () => catalog.check());
  await time('backup', () => catalog.backup(path.join(folder, 'backup.catalog')));
  await time('compact', () => catalog.compact());
  const map = { shape: [3, 224, 224], values: Float32Array.from({ length: 150_528 }, random) };
  await time('save 50 arrays of 3 x 224 x 224, one after the other', async () => {
    for (let index = 0; index < 50; index++) {
      map.values[0] = index;
      await catalog.arrays.save(map);
    }
  });
  const bytes = new Uint8Array(5000);
  const thumbnails = Array.from({ length: 5000 }, (_, index) => ({
    contentSha256: hashOf(String(index)),
    size: 128,
    bytes,
  }));
  timeRate('insert thumbnails of 5 kB, one by one', 5000, () => {
    for (const thumbnail of thumbnails) catalog.thumbnails.insertAll([thumbnail]);
  });
  timeRate('find thumbnails', 5000, () => {
    for (const { contentSha256 } of thumbnails) catalog.thumbnails.find(contentSha256, 128);
  });
}

const catalog = openCatalog(file);
try {
  timePages(catalog, await fill(catalog));
  await timeUpkeep(catalog);
  timeCall('open and close', () => {
    openCatalog(file, { readonly: true }).close();
  });
} finally {
  catalog.close();
  rmSync(folder, { recursive: true, force: true });
}
