import {
  computeInsertionEffect,
  createRemovalMask,
  fillRegion,
  paste,
  pasteMatched,
  type InsertionAnswers,
  type InsertionEffect,
  type PixelPlanes,
  type RegionMask,
} from '#core/audit/index.ts';
import type { ReadonlyCatalog } from '#core/catalog/index.ts';
import type { Engine } from '#core/engine/index.ts';
import { LightboxError } from '#shared/errors.ts';
import { createRandomWords } from '#shared/random-words.ts';
import type { SampleFailure } from '../collection/dataset-batches.ts';
import type { JobControl } from '../job.ts';
import { recordOf, type DatasetRegionRecord, type DatasetRegionRequest } from './dataset-region-request.ts';
import { readDatasetPictures, type DatasetPicture } from './dataset-pictures.ts';
import { predictVariants } from './predict-variants.ts';
import { openRegionModel, releaseRegionModel, type RegionModel } from './region-model.ts';

/** The region is what is cut out: the kind of a mask, or `mark: KIND`; the seed says which goes into which picture. */
export type InsertionRequest = DatasetRegionRequest;

export interface InsertionReport extends DatasetRegionRecord {
  readonly seed: number;
  /** Pictures that have the artefact, and pictures it was pasted into. */
  readonly donors: number;
  readonly recipients: number;
  readonly classes: readonly (InsertionEffect & { readonly label: string })[];
  readonly failures: readonly SampleFailure[];
}

/** An artefact ready to be pasted: its picture with it and without it, and its matte. */
interface Cutting {
  readonly artefact: PixelPlanes;
  readonly ground: PixelPlanes;
  readonly alpha: Float32Array;
}

/**
 * Pastes a real artefact into the pictures that have none, at the place it had (sufficiency; Nauta et al., 2021). The control is the ground the artefact
 * stood on, with the artefact filled, pasted through the same matte and as bright as what it covers: all but the artefact. Throws `request/invalid` where no
 * picture has the artefact, or every one has.
 */
export async function insertArtefact(
  { engine, catalog }: { readonly engine: Engine; readonly catalog: ReadonlyCatalog },
  request: InsertionRequest,
  control: JobControl,
): Promise<InsertionReport> {
  const model = await openRegionModel(engine, request, control);
  try {
    const reader = readDatasetPictures({ catalog, model, control }, request);
    const cuttings: Cutting[] = [];
    const recipients: DatasetPicture[] = [];
    for await (const picture of reader.pictures()) {
      if (picture.region) cuttings.push(cut(picture.planes, picture.region));
      else recipients.push(picture);
    }
    checkCounts(request, cuttings.length, recipients.length);
    const answers = await pasteAll({ engine, model, control }, { cuttings, recipients, seed: request.seed ?? 1 });
    return {
      ...recordOf(request, model),
      ...{ seed: request.seed ?? 1, donors: cuttings.length, recipients: recipients.length },
      classes: model.labels.map((label, index) => ({
        ...{ label, ...computeInsertionEffect(answers, index, request.seed ?? 1) },
      })),
      failures: reader.failures,
    };
  } finally {
    await releaseRegionModel(engine, model);
  }
}

/** The matte is the mask's own coverage, so edges are as soft as resizing makes them. */
function cut(picture: PixelPlanes, region: RegionMask): Cutting {
  const mask = createRemovalMask(region);
  const avoid = new Uint8Array(mask.length);
  const ground = fillRegion('harmonic', { picture, mask, avoid, seed: 'ground' }) ?? picture;
  return { artefact: picture, ground, alpha: region.coverage };
}

function checkCounts({ region, dataset }: InsertionRequest, donors: number, recipients: number): void {
  if (donors > 0 && recipients > 0) return;
  const there = donors === 0 ? 'No picture' : 'Every picture';
  const sentence = `${there} of the dataset "${dataset}" has the region "${region}", so there is nothing to paste or nowhere to paste it; name another.`;
  throw new LightboxError('request/invalid', sentence);
}

async function pasteAll(
  { engine, model, control }: { engine: Engine; model: RegionModel; control: JobControl },
  {
    cuttings,
    recipients,
    seed,
  }: { cuttings: readonly Cutting[]; recipients: readonly DatasetPicture[]; readonly seed: number },
): Promise<readonly InsertionAnswers[]> {
  const draw = createRandomWords(`insert ${seed}`);
  const answers: InsertionAnswers[] = [];
  for (const { planes: onto, sample } of recipients) {
    const cutting = cuttings[Math.floor((draw() / 2 ** 32) * cuttings.length)];
    if (!cutting) continue;
    const { artefact, ground, alpha } = cutting;
    const pictures = [onto, paste({ onto, from: artefact, alpha }), pasteMatched({ onto, from: ground, alpha })];
    const [before = [], inserted = [], plain = []] = await predictVariants(engine, model, {
      ...{ pictures, signal: control.signal },
    });
    answers.push({ before, artefact: inserted, control: plain, patient: sample.patientHash });
  }
  return answers;
}
