import type { Attribution } from '#core/catalog/index.ts';
import { createStudy, writeModel, type Study } from './small-study.ts';

export interface DatasetRequest {
  readonly dataset: string;
  readonly modelPath: string;
  readonly provider: 'cpu';
}

/** A study with a model. */
export interface ModelStudy extends Study {
  readonly modelPath: string;
  /** Writes and imports a dataset of its own for a test; gives what a job over it needs. */
  importFolders(dataset: string, files: Parameters<Study['write']>[1]): Promise<DatasetRequest>;
  /** What the model says of each sample, by path: for each setup the predicted class and the logits. */
  predictions(dataset: string): readonly (readonly (readonly number[])[])[];
  /** The attributions of each sample, by path. */
  attributions(dataset: string): readonly (readonly Attribution[])[];
}

export async function createModelStudy(): Promise<ModelStudy> {
  const study = await createStudy();
  const modelPath = await writeModel(study.at('narrow.onnx'));
  return {
    ...{ ...study, modelPath },
    importFolders: async (dataset, files) => {
      await study.write(dataset, files);
      await study.import(dataset);
      return { dataset, modelPath, provider: 'cpu' };
    },
    predictions: (dataset) =>
      study.look((catalog) => {
        const setups = catalog.models.list().flatMap(({ id }) => catalog.setups.list(id));
        return study.samples(dataset).map(({ id }) => {
          const found = setups.flatMap((setup) => catalog.predictions.find(setup.id, id) ?? []);
          return found.map(({ predicted, logits }) => [predicted, ...logits]);
        });
      }),
    attributions: (dataset) =>
      study.look((catalog) => study.samples(dataset).map(({ id }) => catalog.attributions.list(id))),
  };
}

/** Five pictures of noise in a folder for each class of the model. */
export function drawFolders(seed: number): Readonly<Record<string, number>> {
  return {
    ...{ 'effusion/a.png': seed + 1, 'effusion/b.png': seed + 2, 'nodule/c.png': seed + 3 },
    ...{ 'normal/d.png': seed + 4, 'normal/e.png': seed + 5 },
  };
}

/** The same in two splits. */
export function drawSplits(seed: number): Readonly<Record<string, number>> {
  return {
    ...Object.fromEntries(Object.entries(drawFolders(seed)).map(([name, at]) => [`train/${name}`, at])),
    ...Object.fromEntries(Object.entries(drawFolders(seed + 10)).map(([name, at]) => [`test/${name}`, at])),
  };
}
