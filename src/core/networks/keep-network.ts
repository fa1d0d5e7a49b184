import path from 'node:path';
import { readModel, saveModel, type Model } from '#core/onnx/index.ts';
import { createNetwork, listWeights, type NetworkForm } from './create-network.ts';

/**
 * The path of a seeded network's file in `folder`. A file that is already there is used again
 * when it reads as the network asked for; otherwise it is written anew. Throws `output/not-writable`.
 */
export async function keepNetwork(form: NetworkForm, folder: string): Promise<string> {
  const { arch, width = 64, classes, size, seed, batchNorm } = form;
  const modelPath = path.join(folder, `${arch}-w${width}-c${classes}-s${size}-seed${seed}-${batchNorm}.onnx`);
  if (await isIntact(modelPath, form)) return modelPath;
  await saveModel(createNetwork(form), modelPath);
  return modelPath;
}

/** Files appear complete or not at all, so a readable file with the right tensors is the file that was saved. */
async function isIntact(modelPath: string, form: NetworkForm): Promise<boolean> {
  const model: Model | undefined = await readModel(modelPath).catch(() => undefined);
  const stored = model?.graph.initializers;
  const expected = listWeights(form);
  if (stored?.size !== expected.size) return false;
  return [...expected].every(([name, dims]) => stored.get(name)?.dims.join() === dims.join());
}
