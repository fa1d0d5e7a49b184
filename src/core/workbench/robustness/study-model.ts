import type { Engine, OpenedModel } from '#core/engine/index.ts';
import { labelOf } from '#core/imaging/index.ts';
import { signMeaning, type Composite, type SignMeaning } from '#core/relevance/index.ts';
import type { ProviderChoice } from '#shared/providers.ts';
import type { JobControl } from '../job.ts';
import { checkManifest, countClasses, type ModelFile } from '../model-file.ts';
import { readModelNetwork } from '../name-rules.ts';

/** A model opened with one composite, to be asked about many versions of pictures. */
export interface StudyModel {
  readonly engine: Engine;
  readonly file: ModelFile;
  readonly composite: Composite;
  readonly opened: OpenedModel;
  readonly meaning: SignMeaning;
  /** A name for each output. */
  readonly labels: readonly string[];
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
  const labels = Array.from({ length: countClasses(opened.network) }, (_, at) => labelOf(file.manifest.manifest, at));
  const meaning = signMeaning(readModelNetwork(file), composite);
  return { engine, file, composite, opened, meaning, labels };
}

/** What people call it: the manifest's title, or the file's name without its ending. */
export function titleOf({ file }: Pick<StudyModel, 'file'>): string {
  const name = file.path.split(/[\\/]/).at(-1) ?? file.path;
  return file.manifest.manifest.title ?? name.replace(/\.onnx$/i, '');
}
