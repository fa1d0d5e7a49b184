import type { Catalog, Origin } from '#core/catalog/index.ts';
import type { Engine } from '#core/engine/index.ts';
import type { Composite } from '#core/relevance/index.ts';
import type { ProviderChoice } from '#shared/providers.ts';
import { findSetup, openIdentified, originOf, type IdentifiedModel } from '../collection/dataset-model.ts';
import type { JobControl } from '../job.ts';
import type { ModelFile } from '../model-file.ts';
import {
  describeVariantSettings,
  findKeptStudy,
  keepStudy,
  restoreVersions,
  type KeptStudy,
  type Restoring,
} from './kept-study.ts';
import { asStudyModel, describeSource, openStudyModel, type StudyModel, type StudySource } from './study-model.ts';
import type { KnownVersions, StudyResult } from './study-picture.ts';

/** Where variants are kept, and whose they are. */
export interface StudyMemory {
  readonly catalog: Catalog;
  readonly identified: IdentifiedModel;
  readonly averageShifts: boolean;
  readonly datasetLabels: readonly string[];
  /** What decides how pictures are read, where that was chosen. */
  readonly shown?: object | undefined;
}

export interface BenchRequest {
  readonly file: ModelFile;
  readonly composite: Composite;
  readonly provider?: ProviderChoice | undefined;
  /** Undefined for pictures that are in no catalog. */
  readonly memory?: StudyMemory | undefined;
}

interface Place {
  readonly setup: number;
  readonly origin: Origin;
}

/** A model with one composite at work on pictures: finds what was kept, is opened for what was not, and keeps that. */
export class StudyBench implements StudySource {
  readonly file: ModelFile;
  readonly composite: Composite;
  readonly meaning: StudySource['meaning'];
  readonly labels: readonly string[];
  readonly #engine: Engine;
  readonly #request: BenchRequest;
  readonly #control: JobControl;
  #opened: StudyModel | undefined;
  #place: Place | undefined;

  /** Throws the errors of reading a network. */
  constructor(engine: Engine, request: BenchRequest, control: JobControl) {
    const { file, composite, meaning, labels } = describeSource(request.file, request.composite);
    [this.file, this.composite, this.meaning, this.labels] = [file, composite, meaning, labels];
    [this.#engine, this.#request, this.#control] = [engine, request, control];
  }

  async open(): Promise<StudyModel> {
    return (this.#opened ??= await this.#openNow());
  }

  find(sampleId: number, target: number): KeptStudy | undefined {
    const { memory, file } = this.#request;
    const model = memory?.catalog.models.find(memory.identified.sha256);
    if (!memory || !model) return undefined;
    const settings = { input: file.manifest.manifest.input, ...this.#settings(memory) };
    const setup = memory.catalog.setups.find({ model: model.id, kind: 'variant', settings });
    return setup && findKeptStudy(memory.catalog, { setup: setup.id, sampleId, target });
  }

  /** Versions of a picture as they were when they were computed. */
  async restore(
    kept: KeptStudy,
    picture: Pick<Restoring, 'planes' | 'sha256' | 'variants'>,
  ): Promise<KnownVersions | undefined> {
    const { memory } = this.#request;
    return memory && restoreVersions(memory.catalog, kept, { source: this, ...picture });
  }

  /** Keeps what was computed with the opened model. */
  async keep(study: StudyResult, picture: { contentSha256: string; known: KnownVersions | undefined }): Promise<void> {
    const { memory } = this.#request;
    if (memory && this.#place) await keepStudy(memory.catalog, { ...this.#place, ...picture }, study);
  }

  async release(): Promise<void> {
    if (this.#opened) await this.#engine.release(this.#opened.opened.handle);
    this.#opened = undefined;
  }

  #settings({ averageShifts, shown }: StudyMemory): object {
    const settings = describeVariantSettings({ composite: this.composite, averageShifts });
    return shown === undefined ? settings : { ...settings, shown };
  }

  async #openNow(): Promise<StudyModel> {
    const { memory, provider } = this.#request;
    if (!memory) return openStudyModel(this.#engine, this.#request, this.#control);
    const { catalog, identified, datasetLabels } = memory;
    const place = { engine: this.#engine, catalog, control: this.#control };
    const model = await openIdentified(place, identified, { provider, composite: this.composite, datasetLabels });
    const setup = findSetup(catalog, model, { kind: 'variant', settings: this.#settings(memory) });
    this.#place = { setup: setup.id, origin: originOf(model) };
    return asStudyModel(this, { engine: this.#engine, opened: model.opened });
  }
}
