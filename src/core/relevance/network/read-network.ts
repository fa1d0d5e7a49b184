import { LightboxError } from '#shared/errors.ts';
import type { Dimension, Model, Node, ValueInfo } from '#core/onnx/index.ts';
import { canonize } from '../canonize/index.ts';
import { knownConstant } from '../operators/constants.ts';
import { checkOutputs, isPictureShape } from '../operators/facts.ts';
import { findReader, readers } from '../operators/index.ts';
import { fileName, nodeLabel, operationOf, type Known } from '../operators/reading.ts';
import { checkSignature } from '../operators/signatures.ts';
import { listLayers } from './layers.ts';
import { moduleName, uniqueNames } from './names.ts';
import type { Network, Operation, Shape } from './network.ts';

export interface InputSize {
  readonly height: number;
  readonly width: number;
}

/**
 * Reads a classifier into the form the rules assume: computed steps with their constants, shapes known but for the
 * batch, batch norm merged, the end cut at the logits. Nothing of the weights is read.
 *
 * @param inputSize height and width in pixels, needed only where the file leaves them free.
 */
export function readNetwork(model: Model, options: { inputSize?: InputSize | undefined } = {}): Network {
  const input = readInput(model, options.inputSize);
  const known = readNodes(model, input);
  const output = model.graph.outputs.find((value) => known.values.get(value.name)?.kind === 'computed');
  const found = output && known.values.get(output.name);
  if (found?.kind !== 'computed') {
    throw new LightboxError(
      'model/unsupported-form',
      `${fileName(model)}: no output is computed from the input picture.`,
    );
  }
  const draft = {
    model,
    input,
    output: { name: found.name, shape: found.shape },
    operations: known.operations,
    shapes: known.shapes,
    notes: [],
  };
  const canonical = canonize(draft);
  return { ...canonical, layers: listLayers(canonical) };
}

function readInput(model: Model, inputSize: InputSize | undefined): Network['input'] {
  const [input, ...others] = model.graph.inputs;
  if (!input || others.length > 0) {
    const count = String(model.graph.inputs.length);
    throw new LightboxError(
      'model/unsupported-form',
      `${fileName(model)}: the model has ${count} inputs, but an image classifier has one.`,
    );
  }
  const { shape, dataType } = input;
  if (dataType !== 'float32') {
    throw new LightboxError(
      'model/unsupported-form',
      `${fileName(model)}: input "${input.name}" is ${dataType}; export the model in float32.`,
    );
  }
  if (shape?.length !== 4) throw notPictures(model, input);
  const extent = knownExtent(shape, inputSize);
  if (!extent || !isPictureShape(['batch', ...Object.values(extent)])) throw notPictures(model, input);
  checkFixedSize(model, shape, [extent.height, extent.width]);
  return { name: input.name, ...extent };
}

function knownExtent(
  shape: readonly Dimension[],
  inputSize: InputSize | undefined,
): Omit<Network['input'], 'name'> | undefined {
  const [, channels] = shape;
  const height = inputSize?.height ?? shape[2];
  const width = inputSize?.width ?? shape[3];
  const known = typeof channels === 'number' && typeof height === 'number' && typeof width === 'number';
  return known ? { channels, height, width } : undefined;
}

function notPictures(model: Model, input: ValueInfo): LightboxError {
  const shape = input.shape?.map((size) => (size === '' ? '?' : String(size))).join(', ') ?? 'unknown';
  return new LightboxError(
    'model/unsupported-form',
    `${fileName(model)}: input "${input.name}" has shape [${shape}], but [batch, channels, height, width] is needed, all but the batch known; a manifest beside the model can give height and width.`,
  );
}

function checkFixedSize(model: Model, shape: ValueInfo['shape'], size: readonly number[]): void {
  const fixed = shape?.slice(2) ?? [];
  if (fixed.some((s, i) => typeof s === 'number' && s !== size[i])) {
    throw new LightboxError(
      'model/unsupported-form',
      `${fileName(model)}: the model is fixed to ${fixed.join('×')} pixels, but ${size.join('×')} was asked for.`,
    );
  }
}

interface ReadNodes {
  readonly values: ReadonlyMap<string, Known>;
  readonly operations: readonly Operation[];
  readonly shapes: ReadonlyMap<string, Shape>;
}

function readNodes(model: Model, input: Network['input']): ReadNodes {
  const values = new Map<string, Known>();
  for (const initializer of model.graph.initializers.values()) values.set(initializer.name, knownConstant(initializer));
  const inputShape: Shape = ['batch', input.channels, input.height, input.width];
  values.set(input.name, { kind: 'computed', name: input.name, shape: inputShape });

  const operations: Operation[] = [];
  const shapes = new Map<string, Shape>([[input.name, inputShape]]);
  for (const node of model.graph.nodes) {
    const read = readNode(model, node, values);
    node.outputs.forEach((output, i) => {
      if (output && values.has(output))
        throw damaged(model, node, `gives the value "${output}", which is there already`);
      const known = read.outputs[i];
      if (known && output) values.set(output, known);
    });
    const operation = operationOf({ model, node, inputs: [] }, read, moduleName(node, node.inputs[1]));
    if (operation) operations.push(operation);
    for (const known of read.outputs) if (known.kind === 'computed') shapes.set(known.name, known.shape);
  }
  const names = uniqueNames(operations.map(({ name }) => name));
  return {
    values,
    shapes,
    operations: operations.map((operation, i) => ({ ...operation, name: names[i] ?? operation.name })),
  };
}

function readNode(model: Model, node: Node, values: ReadonlyMap<string, Known>): ReturnType<(typeof readers)[string]> {
  const inputs = node.inputs.map((name) => {
    if (name === '') return undefined;
    const known = values.get(name);
    if (known) return known;
    throw damaged(model, node, `uses the value "${name}" before anything computes it`);
  });
  const reader = node.domain === '' || node.domain === 'ai.onnx' ? findReader(node.operator, inputs) : undefined;
  if (!reader) {
    const supported = Object.keys(readers).sort().join(', ');
    throw new LightboxError(
      'model/unsupported-operator',
      `${fileName(model)}: node ${nodeLabel(node)} is of an operator that has no relevance rule; supported are ${supported}.`,
    );
  }
  const reading = { model, node, inputs };
  checkSignature(reading);
  const read = reader(reading);
  checkOutputs(reading, read);
  return read;
}

function damaged(model: Model, node: Node, what: string): LightboxError {
  return new LightboxError(
    'model/unreadable',
    `${fileName(model)}: node ${nodeLabel(node)} ${what}; the file is damaged, export it again.`,
  );
}
