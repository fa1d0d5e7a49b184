import { open, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { LightboxError } from '#shared/errors.ts';
import { dataTypeOfCode } from './data-types.ts';
import { ExternalData } from './external-data.ts';
import { describeForeignFile } from './foreign-files.ts';
import type { Dimension, Graph, Model, ValueInfo } from './model.ts';
import { modelProto, type graphProto, type valueInfoProto } from './onnx-messages.ts';
import { readMessage } from './read-message.ts';
import { readDomain, readNode } from './read-node.ts';
import { readTensor, type ModelSource } from './read-tensor.ts';
import type { MessageOf } from './wire-format.ts';
import { WireReader } from './wire-reader.ts';

type ModelMessage = MessageOf<typeof modelProto>;

/**
 * Opens an ONNX file without reading its weights: a tensor of more than 1 KB is a place in the file. `Model.path`, and the
 * paths of such tensors, have links resolved; all of them lie in the folder of `Model.path`.
 * Throws `model/not-found`, `model/unreadable`, `model/external-data` or `model/unsupported-form`.
 */
export async function readModel(modelPath: string): Promise<Model> {
  const { resolved, length } = await findModelFile(modelPath);
  const file = await open(resolved).catch((cause: unknown) => {
    throw new LightboxError('model/unreadable', `"${modelPath}" cannot be opened; check who may read it.`, { cause });
  });
  try {
    const reader = new WireReader(resolved, file.fd, length);
    return readOpenModel({ reader, externalData: new ExternalData(resolved) });
  } finally {
    await file.close();
  }
}

interface ModelFile {
  readonly resolved: string;
  readonly length: number;
}

async function findModelFile(modelPath: string): Promise<ModelFile> {
  try {
    const resolved = await realpath(path.resolve(modelPath));
    const facts = await stat(resolved);
    // Asked before opening, since opening a pipe would wait for its writer.
    if (facts.isFile()) return { resolved, length: facts.size };
  } catch (cause) {
    throw new LightboxError('model/not-found', `There is no model file "${modelPath}"; check the path.`, { cause });
  }
  throw new LightboxError('model/unreadable', `"${modelPath}" is not a file; name the .onnx file itself.`);
}

function readOpenModel(source: ModelSource): Model {
  const { reader } = source;
  if (reader.length === 0) throw reader.error('it is empty');
  try {
    const message = readMessage(reader, modelProto, reader.length);
    return assembleModel(source, message);
  } catch (error) {
    if (!(error instanceof LightboxError)) throw reader.error('reading it failed', { cause: error });
    // Only a file that failed is looked at again: a real model is never mistaken for something else.
    const advice = error.code === 'model/unreadable' ? describeForeignFile(reader) : undefined;
    if (advice === undefined) throw error;
    throw new LightboxError('model/unreadable', `"${reader.path}" is not an ONNX model: ${advice}.`, { cause: error });
  }
}

function assembleModel(source: ModelSource, message: ModelMessage): Model {
  const { reader } = source;
  if (!message.graph) throw reader.error('it has no graph');
  if (message.graph.nodes.length === 0) throw reader.error('its graph has no nodes');
  if (message.graph.outputs.length === 0) throw reader.error('its graph has no outputs');
  if (message.graph.sparseInitializers.length > 0) {
    throw new LightboxError(
      'model/unsupported-form',
      `"${reader.path}" stores weights as sparse tensors, which are not supported; export it with dense weights.`,
    );
  }
  refuseCalledFunctions(reader, message);
  return {
    path: reader.path,
    irVersion: message.irVersion ?? 0,
    opsets: new Map(message.opsets.map((set) => [readDomain(set.domain), set.version ?? 0])),
    producer: [message.producer, message.producerVersion].filter(Boolean).join(' '),
    graph: readGraph(source, message.graph),
  };
}

function readGraph(source: ModelSource, graph: MessageOf<typeof graphProto>): Graph {
  // A name given twice means the later tensor, as ONNX Runtime has it.
  const initializers = new Map(graph.initializers.map((tensor) => [tensor.name ?? '', readTensor(source, tensor)]));
  return {
    name: graph.name ?? '',
    nodes: graph.nodes.map((node) => readNode(source, node)),
    initializers,
    inputs: graph.inputs.map(readValueInfo).filter((input) => !initializers.has(input.name)),
    outputs: graph.outputs.map(readValueInfo),
  };
}

function readValueInfo(value: MessageOf<typeof valueInfoProto>): ValueInfo {
  const tensor = value.type?.tensor;
  return {
    name: value.name ?? '',
    dataType: dataTypeOfCode(tensor?.elementType ?? 0),
    shape: tensor?.shape?.dims.map((dimension) => readDimension(dimension.value, dimension.parameter)),
  };
}

/** Old exporters write -1 for a size chosen at run time. */
function readDimension(size: number | undefined, parameter: string | undefined): Dimension {
  return size !== undefined && size >= 0 ? size : (parameter ?? '');
}

/** Exporters may list functions that nothing calls; those are harmless. */
function refuseCalledFunctions(reader: WireReader, message: ModelMessage): void {
  if (message.functions.length === 0) return;
  const keyOf = (domain: string | undefined, name: string | undefined): string => `${readDomain(domain)}:${name ?? ''}`;
  const functions = new Set(message.functions.map((local) => keyOf(local.domain, local.name)));
  const caller = message.graph?.nodes.find((node) => functions.has(keyOf(node.domain, node.operator)));
  if (!caller) return;
  throw new LightboxError(
    'model/unsupported-form',
    `Node "${caller.name ?? ''}" of "${reader.path}" calls the model's own function "${caller.operator ?? ''}", which is not ` +
      `supported; inline the functions (in Python: onnx.inliner.inline_local_functions) and save the model again.`,
  );
}
