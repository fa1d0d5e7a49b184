import type { ReadonlyCatalog } from '#core/catalog/index.ts';
import type { ModelDetails } from '#shared/contract/models.ts';
import { describeModel } from '../../describe-model.ts';
import { loadModelFile } from '../../model-file.ts';
import { getModelPath } from './list-models.ts';

/** What is in a model's file, for the window. Throws `model/...`, `manifest/invalid`. */
export async function describeModelFor(catalog: ReadonlyCatalog, id: number): Promise<ModelDetails> {
  const modelPath = getModelPath(catalog, id);
  const description = await describeModel(modelPath);
  const { range, mean, std, ...input } = (await loadModelFile(modelPath)).manifest.manifest.input;
  const { producer, opset, parameterCount, composites, layers, notes } = description;
  return {
    recipe: { ...input, range: [...range], mean: [...mean], std: [...std] },
    hasManifest: description.manifest === 'file',
    ...{ producer, parameterCount, composites: [...composites], notes: [...notes] },
    ...(opset !== undefined && { opset }),
    layers: layers.map(({ name, type, channels, height, width, rules }) => ({
      ...{ name, type, channels, rules: { ...rules } },
      ...(height !== undefined && { height }),
      ...(width !== undefined && { width }),
    })),
  };
}
