import type { Engine, OpenedModel } from '#core/engine/index.ts';
import { defaultComposite, signMeaning, type Composite } from '#core/relevance/index.ts';
import { LightboxError } from '#shared/errors.ts';
import { joinInputs, sliceRow } from './batch-rows.ts';
import { chooseComposites } from './choose-composites.ts';
import { toFileName, type ExplanationContext } from './describe-explanation.ts';
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
} from './model-file.ts';
import { makeFolder } from './make-folder.ts';
import { nameRules, readModelNetwork } from './name-rules.ts';
import { createOutputNamer } from './output-names.ts';
import { preparePicture, type PreparedPicture } from './prepare-picture.ts';
import { resolveTarget } from './resolve-target.ts';
import { saveExplanation } from './save-explanation.ts';
import { zBoxBounds } from './zbox-bounds.ts';

/** One run over all pictures: what is the same for every composite, and what has come of it so far. */
interface ExplainJob {
  readonly engine: Engine;
  readonly request: ExplainRequest;
  readonly control: JobControl;
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
  const bounds = zBoxBounds(file);
  const composites = await chooseComposites(request.composite ?? defaultComposite, bounds);
  const job: ExplainJob = {
    ...{ engine, request, control, file, model: await recordModel(file) },
    step: createProgress(composites.length * request.pictures.length, control),
    ...{ explanations: [], failures: new Map() },
  };
  for (const composite of composites) await explainWithComposite(job, composite);
  return { model: job.model, explanations: job.explanations, failures: [...job.failures.values()] };
}

async function explainWithComposite(job: ExplainJob, composite: Composite): Promise<void> {
  const { engine, request, control, file, model } = job;
  throwIfCancelled(control);
  const network = readModelNetwork(file);
  const [rules, meaning] = [nameRules(network, composite), signMeaning(network, composite)];
  const opened = await openModel(job, composite);
  try {
    checkManifest(file, opened.network);
    await explainBatches(job, { request, file, model, composite, rules, meaning, opened });
  } finally {
    await engine.release(opened.handle);
  }
}

function openModel({ engine, request, control, file }: ExplainJob, composite: Composite): Promise<OpenedModel> {
  const { height, width } = file.manifest.manifest.input;
  const taps = (request.layers ?? []).flatMap((layer) => [
    { layer, kind: 'activation' as const },
    { layer, kind: 'relevance' as const },
  ]);
  return engine.open(
    {
      ...{ modelPath: request.modelPath, composite, inputSize: { height, width }, taps },
      ...(request.provider && { provider: request.provider }),
    },
    control,
  );
}

async function explainBatches(job: ExplainJob, context: ExplanationContext): Promise<void> {
  const { pictures, batchSize = 1, target: targetText = 'predicted' } = job.request;
  const classCount = countClasses(context.opened.network);
  const target = resolveTarget(targetText, { labels: job.file.manifest.manifest.labels, classCount });
  for (let start = 0; start < pictures.length; start += batchSize) {
    throwIfCancelled(job.control);
    const batch = await prepareBatch(job, start, batchSize);
    if (batch.length > 0) await explainBatch(job, context, { batch, target });
  }
}

async function prepareBatch(job: ExplainJob, start: number, batchSize: number): Promise<readonly PreparedPicture[]> {
  const prepared: PreparedPicture[] = [];
  for (const [offset, picturePath] of job.request.pictures.slice(start, start + batchSize).entries()) {
    const position = start + offset;
    job.step(`picture ${position + 1} of ${job.request.pictures.length}`);
    if (job.failures.has(position)) continue;
    try {
      const { input: recipe } = job.file.manifest.manifest;
      prepared.push(await preparePicture(picturePath, position, { recipe, shown: job.request.shown }));
    } catch (cause) {
      job.failures.set(position, { picture: picturePath, error: asPictureError(cause).toRecord() });
    }
  }
  return prepared;
}

/** Only what is wrong with a picture itself is the picture's failure. */
function asPictureError(cause: unknown): LightboxError {
  const error = LightboxError.from(cause);
  if (error.code.startsWith('picture/')) return error;
  throw error;
}

interface Batch {
  readonly batch: readonly PreparedPicture[];
  readonly target: number;
}

/** Saving is not interrupted: what has begun to be written is finished. */
async function explainBatch(job: ExplainJob, context: ExplanationContext, { batch, target }: Batch): Promise<void> {
  const { engine, request, control } = job;
  const targets = batch.map(() => target);
  const attribution = await engine.attribute(
    { handle: context.opened.handle, images: joinInputs(batch), targets, initial: request.initial ?? 'one' },
    { batchSize: batch.length, signal: control.signal },
  );
  await makeFolder(request.outputFolder);
  const nameOutput = createOutputNamer(request.pictures, request.keepNames ?? false);
  for (const [row, prepared] of batch.entries()) {
    const stem = `${nameOutput({ ...prepared, sha256: prepared.picture.sha256 })}.${toFileName(context.composite.name)}`;
    const computed = { prepared, attribution: sliceRow(attribution, row, batch.length), stem };
    job.explanations.push(await saveExplanation(context, computed));
  }
}
