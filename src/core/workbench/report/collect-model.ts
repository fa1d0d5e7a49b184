import {
  computeCheckerPattern,
  computeConservationResidual,
  computeMeanInterval,
  type MeanWithInterval,
} from '#core/audit/index.ts';
import type { Attribution, Catalog, ListedSample } from '#core/catalog/index.ts';
import type { Engine } from '#core/engine/index.ts';
import type { ModelManifest } from '#core/imaging/index.ts';
import { defaultComposite, type Composite } from '#core/relevance/index.ts';
import type { DatasetMarkReport } from '../audit/mark-test-request.ts';
import type { Ledger } from '../audit/ledger-request.ts';
import { writeLedger } from '../audit/ledger.ts';
import { testDatasetRegion } from '../audit/test-dataset-region.ts';
import { chooseComposites } from '../choose-composites.ts';
import { attributeDataset } from '../collection/attribute-dataset.ts';
import { evaluateDataset, type DatasetEvaluation } from '../collection/evaluate-dataset.ts';
import { getDataset } from '../collection/find-dataset.ts';
import { listSamples } from '../collection/list-samples.ts';
import type { JobControl } from '../job.ts';
import { loadModelFile, recordModel, type ModelRecord } from '../model-file.ts';
import { nameRules, readModelNetwork } from '../name-rules.ts';
import { zBoxBounds } from '../zbox-bounds.ts';
import type { QualityCard } from '../quality/quality-record.ts';
import { findCard } from './find-card.ts';
import type { ReportRequest } from './report-request.ts';

/** A picture with its map in the catalog. */
export interface MappedSample {
  readonly sample: ListedSample;
  readonly attribution: Attribution;
}

/** All a report says of one model. */
export interface ModelFindings {
  readonly record: ModelRecord;
  readonly modelPath: string;
  readonly manifest: ModelManifest;
  readonly composite: Composite;
  /** The rule of each layer in words. */
  readonly rules: Readonly<Record<string, string>>;
  readonly notes: readonly string[];
  readonly evaluation: DatasetEvaluation;
  readonly ledger: Ledger;
  readonly regionTests: readonly DatasetMarkReport[];
  readonly quality: { readonly conservation: MeanWithInterval; readonly checker: MeanWithInterval };
  /** Measured by "lightbox quality" on this dataset; undefined where it was not. */
  readonly card: QualityCard | undefined;
  readonly mapped: readonly MappedSample[];
  readonly providers: readonly string[];
}

export interface ReportPlace {
  readonly engine: Engine;
  readonly catalog: Catalog;
}

/** Predicts and explains what is missing, then looks at all of it. Throws what evaluating and explaining throw. */
export async function collectModel(
  place: ReportPlace,
  { request, modelPath }: { readonly request: ReportRequest; readonly modelPath: string },
  control: JobControl,
): Promise<ModelFindings> {
  const { dataset, split, provider, composite = defaultComposite, target, seed = 1 } = request;
  const asked = { dataset, split, provider, modelPath, composite, target };
  const file = await loadModelFile(modelPath);
  const network = readModelNetwork(file);
  const [chosen] = await chooseComposites(composite, zBoxBounds(file));
  const evaluation = await evaluateDataset(place, { ...asked, bootstrap: { seed } }, control);
  const ledger = await writeLedger(place, { ...asked, bootstrap: { seed } }, control);
  const [attributed] = await attributeDataset(place, asked, control);
  if (!chosen || !attributed) throw new RangeError('One composite gives one map of each picture.');
  const mapped = listMapped(place.catalog, request, attributed.setup);
  const regionTests: DatasetMarkReport[] = [];
  for (const region of request.regions ?? [])
    regionTests.push(await testDatasetRegion(place, { ...asked, region, nulls: 1, seed }, control));
  const record = await recordModel(file);
  const question = { dataset: getDataset(place.catalog, dataset).id, sha256: record.sha256, composite: chosen.name };
  return {
    ...{
      record,
      card: findCard(place.catalog, question),
      modelPath,
      manifest: file.manifest.manifest,
      composite: chosen,
    },
    ...{ rules: nameRules(network, chosen), notes: network.notes, evaluation, ledger, regionTests, mapped },
    quality: await measureMaps(place.catalog, mapped, seed),
    providers: [...new Set(mapped.map(({ attribution }) => attribution.origin.provider))],
  };
}

function listMapped(catalog: Catalog, { dataset, split }: ReportRequest, setup: number): readonly MappedSample[] {
  const samples = listSamples(catalog, { dataset: getDataset(catalog, dataset).id, split, duplicates: false });
  return samples.flatMap((sample) => {
    const attribution = catalog.attributions.find(setup, sample.id);
    return attribution ? [{ sample, attribution }] : [];
  });
}

/** What of a map's quality needs the map alone. */
async function measureMaps(
  catalog: Catalog,
  mapped: readonly MappedSample[],
  seed: number,
): Promise<ModelFindings['quality']> {
  const conservation = mapped.map(({ sample, attribution: { sum, initialRelevance } }) => {
    return { value: computeConservationResidual(sum, initialRelevance).value, patient: sample.patientHash };
  });
  const checker = [];
  for (const { sample, attribution } of mapped) {
    const { shape, values } = await catalog.arrays.load(attribution.arraySha256);
    const [height = 1, width = 1] = shape;
    const { total } = computeCheckerPattern({ width, height, values: Float32Array.from(values, Number) });
    checker.push({ value: total.value, patient: sample.patientHash });
  }
  return { conservation: computeMeanInterval(conservation, { seed }), checker: computeMeanInterval(checker, { seed }) };
}
