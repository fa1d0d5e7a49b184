/** The networks that can be written, with the numbers that tell the members of a family apart. */

/** Convolutions in each of the five stages, each stage ended by a max pool (Simonyan and Zisserman, 2014). */
const vggStages = {
  vgg11: [1, 1, 2, 2, 2],
  vgg13: [2, 2, 2, 2, 2],
  vgg16: [2, 2, 3, 3, 3],
  vgg19: [2, 2, 4, 4, 4],
} as const;

/** Blocks in each of the four stages, and the form of a block (He et al., 2015). */
const resnetStages = {
  resnet18: { block: 'basic', blocks: [2, 2, 2, 2] },
  resnet34: { block: 'basic', blocks: [3, 4, 6, 3] },
  resnet50: { block: 'bottleneck', blocks: [3, 4, 6, 3] },
  resnet101: { block: 'bottleneck', blocks: [3, 4, 23, 3] },
  resnet152: { block: 'bottleneck', blocks: [3, 8, 36, 3] },
} as const;

/** Layers in each of the four dense blocks (Huang et al., 2016). */
const densenetBlocks = {
  densenet121: [6, 12, 24, 16],
} as const;

type PlainVgg = keyof typeof vggStages;

/** An architecture by its name in torchvision. */
export type ArchitectureName = PlainVgg | `${PlainVgg}_bn` | keyof typeof resnetStages | keyof typeof densenetBlocks;

export type Architecture =
  | { readonly family: 'vgg'; readonly stages: readonly number[]; readonly batchNorm: boolean }
  | { readonly family: 'resnet'; readonly block: 'basic' | 'bottleneck'; readonly blocks: readonly number[] }
  | { readonly family: 'densenet'; readonly blocks: readonly number[] };

const architectures: ReadonlyMap<string, Architecture> = new Map<string, Architecture>([
  ...Object.entries(vggStages).flatMap(([name, stages]): [string, Architecture][] => [
    [name, { family: 'vgg', stages, batchNorm: false }],
    [`${name}_bn`, { family: 'vgg', stages, batchNorm: true }],
  ]),
  ...Object.entries(resnetStages).map(([name, stages]): [string, Architecture] => [
    name,
    { family: 'resnet', ...stages },
  ]),
  ...Object.entries(densenetBlocks).map(([name, blocks]): [string, Architecture] => [
    name,
    { family: 'densenet', blocks },
  ]),
]);

export const architectureNames: readonly ArchitectureName[] = [...architectures.keys()] as ArchitectureName[];

export function findArchitecture(name: string): Architecture | undefined {
  return architectures.get(name);
}
