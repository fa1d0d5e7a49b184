/**
 * What the stress matrix costs beside its LRP passes: `node test/workbench/robustness-bench.ts [REPEAT]` (3 when not given). VGG16 and
 * ResNet50 at full size, one picture of 224 x 224, the twelve variants that are tested when nobody says which. In each round the 24
 * passes are timed (each of one picture, both models open), then the whole matrix with the same opened models: the unchanged picture
 * too, variants made, maps laid back, all distances. Prints both medians and their ratio, which should not exceed 1.3. Opening
 * the models, figures and files are apart.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createEngine, type Engine } from '#core/engine/index.ts';
import { defaultVariants, normalizePlanes, parseVariants, type Planes } from '#core/imaging/index.ts';
import { createComposite } from '#core/relevance/index.ts';
import { keepFullNetwork } from '../../src/core/workbench/full-network.ts';
import { loadModelFile } from '../../src/core/workbench/model-file.ts';
import { openStudyModel, type StudyModel } from '../../src/core/workbench/robustness/study-model.ts';
import { studyPicture } from '../../src/core/workbench/robustness/study-picture.ts';

const repeat = Number(process.argv[2] ?? 3);
const size = 224;
const batchSize = 4;
const variants = parseVariants(defaultVariants, 1);
const print = (line: string): void => void process.stdout.write(`${line}\n`);

const planes: Planes = {
  ...{ width: size, height: size, channels: 1 },
  values: Float32Array.from({ length: size * size }, (_, at) => {
    const [x, y] = [at % size, Math.floor(at / size)];
    return 0.5 + 0.3 * Math.sin(x / 17) * Math.cos(y / 23) + 0.1 * Math.sin(x * y);
  }),
};

async function timePasses(models: readonly StudyModel[]): Promise<number> {
  const start = performance.now();
  for (const { engine, file, opened } of models) {
    const images = normalizePlanes(planes, file.manifest.manifest.input);
    let left = variants.length;
    while (left-- > 0) {
      await engine.attribute({ handle: opened.handle, images, targets: [0] }, { batchSize: 1 });
    }
  }
  return performance.now() - start;
}

async function timeMatrix(models: readonly StudyModel[]): Promise<number> {
  const start = performance.now();
  for (const model of models) {
    const options = { target: 0, batchSize, averageShifts: false };
    await studyPicture(model, { planes, sha256: 'bench', variants, options });
  }
  return performance.now() - start;
}

async function openAll(engine: Engine, cache: string): Promise<readonly StudyModel[]> {
  const models: StudyModel[] = [];
  for (const arch of ['vgg16', 'resnet50'] as const) {
    const file = await loadModelFile(await keepFullNetwork({ arch, size, cache }));
    models.push(await openStudyModel(engine, { file, composite: createComposite('EpsilonPlusFlat') }, {}));
  }
  return models;
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;

const cache = await mkdtemp(path.join(tmpdir(), 'lightbox-robustness-'));
const engine = createEngine();
try {
  const models = await openAll(engine, cache);
  await timePasses(models);
  await timeMatrix(models);
  const rounds: { passes: number; matrix: number }[] = [];
  for (let round = 0; round < repeat; round++) {
    rounds.push({ passes: await timePasses(models), matrix: await timeMatrix(models) });
  }
  const [passes, matrix] = [median(rounds.map((one) => one.passes)), median(rounds.map((one) => one.matrix))];
  const ratios = rounds.map((one) => one.matrix / one.passes);
  print(`${2 * variants.length} LRP passes ${(passes / 1000).toFixed(2)} s, matrix ${(matrix / 1000).toFixed(2)} s`);
  print(
    `ratio, median of ${repeat} rounds: ${median(ratios).toFixed(2)} (${ratios.map((one) => one.toFixed(2)).join(', ')})`,
  );
} finally {
  await engine.close();
  await rm(cache, { recursive: true });
}
