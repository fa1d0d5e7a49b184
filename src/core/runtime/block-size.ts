import { node, valueInfo, writeModel, type Node } from '#core/onnx/index.ts';
import { createSession } from './session.ts';

/** How many channels ONNX Runtime's convolutions keep side by side on this CPU; 1 where it has no such layout. */
export type BlockSize = 1 | 8 | 16;

const channels = 16;
const width = 2;

/**
 * Lets ONNX Runtime lay out a picture of 16 channels and two pixels and looks where the numbers went. The operators are its
 * own (domain com.microsoft.nchwc) and exist only where the CPU has blocks, so a refusal means 1.
 */
export async function probeBlockSize(): Promise<BlockSize> {
  try {
    return readBlockSize(await reorder());
  } catch {
    return 1;
  }
}

/** Each value is its channel, so a pixel's first block counts up from 0 and then starts again at the next pixel. */
function readBlockSize(laidOut: ArrayLike<number | bigint>): BlockSize {
  const firstBlock = Array.from(laidOut, Number).findIndex((channel, index) => channel !== index);
  const size = firstBlock === -1 ? laidOut.length : firstBlock;
  return size === 8 || size === 16 ? size : 1;
}

async function reorder(): Promise<ArrayLike<number | bigint>> {
  const session = await createSession({
    bytes: reorderModel(),
    provider: 'cpu',
    threads: 1,
    source: 'block size probe',
  });
  try {
    const values = Float32Array.from({ length: channels * width }, (_, index) => Math.floor(index / width));
    const { blocked } = await session.run({ plain: { values, dims: [1, channels, 1, width] } });
    return blocked?.values ?? [];
  } finally {
    await session.close();
  }
}

function reorderModel(): Uint8Array {
  const blockedDomain = 'com.microsoft.nchwc';
  const reorderInput: Node = {
    ...node('ReorderInput', { inputs: ['plain'], outputs: ['blocked'] }),
    domain: blockedDomain,
  };
  return writeModel({
    irVersion: 8,
    opsets: new Map([
      ['', 17],
      [blockedDomain, 1],
    ]),
    producer: 'relevance-lightbox',
    graph: {
      name: 'block size',
      nodes: [reorderInput],
      initializers: new Map(),
      inputs: [valueInfo('plain', [1, channels, 1, width])],
      outputs: [valueInfo('blocked', [1, channels, 1, width])],
    },
  });
}
