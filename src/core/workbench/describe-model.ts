import type { Dimension } from '#core/onnx/index.ts';
import { chooseComposites } from './choose-composites.ts';
import { loadModelFile, recordModel, type ModelFile, type ModelRecord } from './model-file.ts';
import { nameRules, readModelNetwork } from './name-rules.ts';
import { zBoxBounds } from './zbox-bounds.ts';

export interface LayerDescription {
  /** As in PyTorch where it can be known: layer3.2.conv2. */
  readonly name: string;
  readonly type: string;
  readonly channels: number;
  /** Pixels; undefined behind the flattening. */
  readonly height: number | undefined;
  readonly width: number | undefined;
  /** The rule each composite gives it, with parameters. */
  readonly rules: Readonly<Record<string, string>>;
}

export interface ModelDescription extends ModelRecord {
  readonly producer: string;
  readonly opset: number | undefined;
  readonly inputs: readonly ValueDescription[];
  readonly outputs: readonly ValueDescription[];
  readonly parameterCount: number;
  readonly labels: readonly string[];
  /** `default`: there is no manifest beside the model and torchvision's preprocessing is assumed. */
  readonly manifest: 'file' | 'default';
  readonly composites: readonly string[];
  readonly layers: readonly LayerDescription[];
  /** What is changed in the network before relevance is computed. */
  readonly notes: readonly string[];
}

export interface ValueDescription {
  readonly name: string;
  readonly dataType: string;
  readonly shape: readonly Dimension[] | undefined;
}

/** Says what is in a model file and the rule each composite gives each layer. Throws the errors of reading a model. */
export async function describeModel(modelPath: string, composites = 'all'): Promise<ModelDescription> {
  const file = await loadModelFile(modelPath);
  const { model, manifest } = file;
  const network = readModelNetwork(file);
  const chosen = await chooseComposites(composites, zBoxBounds(file));
  const rules = chosen.map((composite) => ({ name: composite.name, rules: nameRules(network, composite) }));
  return {
    ...(await recordModel(file)),
    ...{ producer: model.producer, opset: model.opsets.get('') },
    inputs: model.graph.inputs.map(({ name, dataType, shape }) => ({ name, dataType, shape })),
    outputs: model.graph.outputs.map(({ name, dataType, shape }) => ({ name, dataType, shape })),
    parameterCount: countParameters(file),
    ...{ labels: manifest.manifest.labels, manifest: manifest.source },
    composites: chosen.map(({ name }) => name),
    layers: network.layers.map(({ name, type, channels, height, width }) => ({
      ...{ name, type, channels, height, width },
      rules: Object.fromEntries(rules.map((composite) => [composite.name, composite.rules[name] ?? ''])),
    })),
    notes: network.notes,
  };
}

function countParameters({ model }: ModelFile): number {
  const floats = [...model.graph.initializers.values()].filter(
    ({ dataType }) => dataType.startsWith('float') || dataType === 'bfloat16',
  );
  return floats.reduce((sum, { dims }) => sum + dims.reduce((product, dim) => product * dim, 1), 0);
}
