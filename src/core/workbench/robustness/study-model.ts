import path from 'node:path';
import type { Engine, OpenedModel } from '#core/engine/index.ts';
import { labelOf } from '#core/imaging/index.ts';
import { signMeaning, type Composite, type SignMeaning } from '#core/relevance/index.ts';
import type { ProviderChoice } from '#shared/providers.ts';
import type { JobControl } from '../job.ts';
import { checkManifest, countClasses, type ModelFile } from '../model-file.ts';
import { readModelNetwork } from '../name-rules.ts';

/** A model with one composite; opened when something is to be computed with it. */
export interface StudySource {
  readonly file: ModelFile;
  readonly composite: Composite;
  readonly meaning: SignMeaning;
  /** A name for each output. */
  readonly labels: readonly string[];
  open(): Promise<StudyModel>;
}

/** A model opened with one composite, to be asked about many versions of pictures. */
export interface StudyModel extends StudySource {
  readonly engine: Engine;
  readonly opened: OpenedModel;
}

export interface StudyModelRequest {
  readonly file: ModelFile;
  readonly composite: Composite;
  readonly provider?: ProviderChoice | undefined;
}

/** The caller releases what `opened` holds. Throws the errors of opening a model. */
export async function openStudyModel(
  engine: Engine,
  { file, composite, provider }: StudyModelRequest,
  control: JobControl,
): Promise<StudyModel> {
  const { height, width } = file.manifest.manifest.input;
  const opened = await engine.open(
    { modelPath: file.path, composite, inputSize: { height, width }, ...(provider && { provider }) },
    control,
  );
  checkManifest(file, opened.network);
  return asStudyModel(describeSource(file, composite), { engine, opened });
}

/** What is known of a model without opening it. Throws the errors of reading a network. */
export function describeSource(file: ModelFile, composite: Composite): Omit<StudySource, 'open'> {
  const network = readModelNetwork(file);
  const classes = countClasses({
    output: { name: network.output.name, sizes: network.output.shape.slice(1).map(Number) },
  });
  const labels = Array.from({ length: classes }, (_, at) => labelOf(file.manifest.manifest, at));
  return { file, composite, meaning: signMeaning(network, composite), labels };
}

export function asStudyModel(
  source: Omit<StudySource, 'open'>,
  { engine, opened }: Pick<StudyModel, 'engine' | 'opened'>,
): StudyModel {
  const model: StudyModel = { ...source, engine, opened, open: () => Promise.resolve(model) };
  return model;
}

/**
 * What people call models: the manifest's title, or the file's name without its ending; with its folder, or at last a number, where two
 * would be called alike.
 */
export function nameModels(files: readonly ModelFile[]): readonly string[] {
  const titles = files.map(titleOf);
  const apart = titles.map((title, at) => (isTwice(titles, title) ? `${folderOf(files[at])}/${title}` : title));
  return apart.map((name, at) => (isTwice(apart, name) ? `${name} (${at + 1})` : name));
}

const isTwice = (names: readonly string[], name: string): boolean => names.indexOf(name) !== names.lastIndexOf(name);

const folderOf = (file: ModelFile | undefined): string => path.basename(path.dirname(path.resolve(file?.path ?? '')));

const titleOf = ({ path: file, manifest }: ModelFile): string => manifest.manifest.title ?? path.parse(file).name;
