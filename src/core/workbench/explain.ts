import { mkdir } from 'node:fs/promises';
import { pixelBounds } from '#core/imaging/index.ts';
import type { Attribution, Engine, OpenedModel } from '#core/engine/index.ts';
import { LightboxError } from '#shared/errors.ts';
import { assignRules, defaultComposite, describeRule, readNetwork, type Composite } from '#core/relevance/index.ts';
import { chooseComposites } from './choose-composites.ts';
import type { ExplainReport, ExplainRequest, PictureFailure } from './explain-request.ts';
import type { ExplanationRecord } from './explanation-record.ts';
import { createProgress, throwIfCancelled, type JobControl } from './job.ts';
import {
  checkManifest,
  countClasses,
  loadModelFile,
  recordModel,
  type ModelFile,
  type ModelRecord,
} from './model-record.ts';
import { createOutputNamer } from './output-names.ts';
import { joinInputs, preparePicture, type PreparedPicture } from './prepare-picture.ts';
import { resolveTarget } from './resolve-target.ts';
import { saveExplanation, type ExplanationContext } from './save-explanation.ts';

const pictureErrors = /^picture\//;

/** One run over all pictures: what is the same for every composite. */
interface ExplainJob {
  readonly engine: Engine;
  readonly request: ExplainRequest;
  readonly control: JobControl;
  readonly threads: number | undefined;
  readonly file: ModelFile;
  readonly model: ModelRecord;
  readonly step: (label: string) => void;
  readonly explanations: ExplanationRecord[];
  /** By position, so that a picture is reported once. */
  readonly failures: Map<number, PictureFailure>;
}

/**
 * Explains pictures and saves heatmap, overlay, arrays and record of each. A picture that cannot be read is reported and
 * does not stop the others; anything else throws.
 */
export async function explainPictures(
  engine: Engine,
  request: ExplainRequest,
  control: JobControl,
): Promise<ExplainReport> {
  const file = await loadModelFile(request.modelPath);
  const bounds = pixelBounds(file.manifest.manifest.input);
  const composites = await chooseComposites(request.composite ?? defaultComposite, bounds);
  const job: ExplainJob = {
    ...{ engine, request, control, threads: request.threads, file, model: await recordModel(file) },
    step: createProgress(composites.length * request.pictures.length, control),
    ...{ explanations: [], failures: new Map() },
  };
  for (const composite of composites) await explainWithComposite(job, composite);
  return { model: job.model, explanations: job.explanations, failures: [...job.failures.values()] };
}

async function explainWithComposite(job: ExplainJob, composite: Composite): Promise<void> {
  const { engine, request, file } = job;
  job.step(`opening ${job.model.file} with ${composite.name}`);
  const { height, width } = file.manifest.manifest.input;
  const opened = await engine.open({
    ...{ modelPath: request.modelPath, composite, inputSize: { height, width } },
    ...(request.provider && { provider: request.provider }),
    taps: (request.layers ?? []).flatMap((layer) => [
      { layer, kind: 'activation' as const },
      { layer, kind: 'relevance' as const },
    ]),
  });
  try {
    checkManifest(file, opened.network);
    await explainBatches(job, composite, opened);
  } finally {
    if (!job.control.signal?.aborted) await engine.release(opened.handle);
  }
}

async function explainBatches(job: ExplainJob, composite: Composite, opened: OpenedModel): Promise<void> {
  const { request, file, model } = job;
  const { labels } = file.manifest.manifest;
  const target = resolveTarget(request.target ?? 'predicted', { labels, classCount: countClasses(opened.network) });
  const batchSize = request.batchSize ?? 1;
  const context: ExplanationContext = {
    ...{ request, file, model, composite, opened, threads: job.threads },
    rules: describeRules(file, composite),
    nameOutput: createOutputNamer(request.pictures, request.keepNames ?? false),
  };
  for (let start = 0; start < request.pictures.length; start += batchSize) {
    throwIfCancelled(job.control);
    const pictures = await prepareBatch(job, start, batchSize);
    if (pictures.length === 0) continue;
    const attribution = await job.engine.attribute(
      {
        handle: opened.handle,
        images: joinInputs(pictures),
        targets: pictures.map(() => target),
        initial: request.initial ?? 'one',
      },
      { batchSize, ...(job.control.signal && { signal: job.control.signal }) },
    );
    await saveBatch(job, context, { pictures, attribution });
  }
}

async function prepareBatch(job: ExplainJob, start: number, batchSize: number): Promise<readonly PreparedPicture[]> {
  const prepared: PreparedPicture[] = [];
  for (const [offset, picturePath] of job.request.pictures.slice(start, start + batchSize).entries()) {
    const position = start + offset;
    job.step(`picture ${position + 1}`);
    if (job.failures.has(position)) continue;
    try {
      prepared.push(await preparePicture(picturePath, position, job.file.manifest.manifest.input));
    } catch (cause) {
      const error = LightboxError.from(cause);
      if (!pictureErrors.test(error.code)) throw error;
      job.failures.set(position, { picture: picturePath, error: error.toRecord() });
    }
  }
  return prepared;
}

interface ComputedBatch {
  readonly pictures: readonly PreparedPicture[];
  readonly attribution: Attribution;
}

/** Saving is not interrupted: what has begun to be written is finished. */
async function saveBatch(
  job: ExplainJob,
  context: ExplanationContext,
  { pictures, attribution }: ComputedBatch,
): Promise<void> {
  await makeFolder(job.request.outputFolder);
  for (const [row, prepared] of pictures.entries()) {
    job.explanations.push(await saveExplanation(context, prepared, sliceRow(attribution, row, pictures.length)));
  }
}

async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true }).catch((cause: unknown) => {
    throw new LightboxError(
      'output/not-writable',
      `The folder "${folder}" cannot be made; choose another one with --out.`,
      { cause },
    );
  });
}

/** The rule of each layer, in words. */
function describeRules({ model, manifest }: ModelFile, composite: Composite): Readonly<Record<string, string>> {
  const { height, width } = manifest.manifest.input;
  const rules = assignRules(readNetwork(model, { inputSize: { height, width } }), composite);
  return Object.fromEntries([...rules].map(([layer, rule]) => [layer, describeRule(rule)]));
}

/** One picture's part of a batch. */
function sliceRow(attribution: Attribution, row: number, rows: number): Attribution {
  const part = (values: Float32Array): Float32Array =>
    values.slice((row * values.length) / rows, ((row + 1) * values.length) / rows);
  return {
    ...attribution,
    ...{ logits: part(attribution.logits), relevance: part(attribution.relevance) },
    targets: attribution.targets.slice(row, row + 1),
    taps: attribution.taps.map((tap) => ({ ...tap, dims: tap.dims.slice(1), values: part(tap.values) })),
  };
}
