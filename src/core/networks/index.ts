/** Seeded networks in torchvision's layouts, written as ONNX: for tests, for measuring speed, for trying things out. */
export { architectureNames, type ArchitectureName } from './architectures.ts';
export { createNetwork, listWeights, type NetworkForm } from './create-network.ts';
export { keepNetwork } from './keep-network.ts';
export { createNormalValues } from './seeded-normal.ts';
