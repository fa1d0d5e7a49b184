/** ONNX files: reading their structure without their weights, and writing graphs. */
export type {
  Attribute,
  DataType,
  Dimension,
  Graph,
  Initializer,
  Model,
  Node,
  TensorBytes,
  ValueInfo,
} from './model.ts';
export { readModel } from './read-model.ts';
export { OpenFiles } from './file-range.ts';
export { integersOf, loadFloat32, loadIntegers, loadTensor, readFloat32 } from './tensor-values.ts';
export type { ModelContent } from './draft-model.ts';
export { writeModel } from './write-model.ts';
export { saveModel } from './save-model.ts';
export { float, float32Initializer, int64Initializer, node, valueInfo, type AttributeInput } from './build.ts';
export { hashFile } from './hash-file.ts';
