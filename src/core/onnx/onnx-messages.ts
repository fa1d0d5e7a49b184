/**
 * The parts of the ONNX format this program uses, with the field numbers of onnx.proto (IR versions 3 to 13).
 * Fields that are not listed are skipped: documentation, value_info, training, quantization, nested graphs.
 */
import { many, message, one } from './wire-format.ts';

const entry = message({ key: one(1, 'string'), value: one(2, 'string') });

export const tensorProto = message({
  dims: many(1, 'int'),
  dataType: one(2, 'int'),
  floatData: many(4, 'payload'),
  int32Data: many(5, 'payload'),
  int64Data: many(7, 'payload'),
  name: one(8, 'string'),
  rawData: one(9, 'payload'),
  doubleData: many(10, 'payload'),
  uint64Data: many(11, 'payload'),
  externalData: many(13, entry),
  dataLocation: one(14, 'int'),
});

export const attributeProto = message({
  name: one(1, 'string'),
  float: one(2, 'float'),
  int: one(3, 'int'),
  string: one(4, 'string'),
  tensor: one(5, tensorProto),
  floats: many(7, 'float'),
  ints: many(8, 'int'),
  strings: many(9, 'string'),
  type: one(20, 'int'),
  referredName: one(21, 'string'),
});

export const nodeProto = message({
  inputs: many(1, 'string'),
  outputs: many(2, 'string'),
  name: one(3, 'string'),
  operator: one(4, 'string'),
  attributes: many(5, attributeProto),
  domain: one(7, 'string'),
  metadata: many(9, entry),
});

const dimension = message({ value: one(1, 'int'), parameter: one(2, 'string') });
const tensorShape = message({ dims: many(1, dimension) });
const tensorType = message({ elementType: one(1, 'int'), shape: one(2, tensorShape) });

export const valueInfoProto = message({
  name: one(1, 'string'),
  type: one(2, message({ tensor: one(1, tensorType) })),
});

export const graphProto = message({
  nodes: many(1, nodeProto),
  name: one(2, 'string'),
  initializers: many(5, tensorProto),
  inputs: many(11, valueInfoProto),
  outputs: many(12, valueInfoProto),
  sparseInitializers: many(15, message({})),
});

const operatorSet = message({ domain: one(1, 'string'), version: one(2, 'int') });

export const modelProto = message({
  irVersion: one(1, 'int'),
  producer: one(2, 'string'),
  producerVersion: one(3, 'string'),
  graph: one(7, graphProto),
  opsets: many(8, operatorSet),
  functions: many(25, message({ name: one(1, 'string'), domain: one(10, 'string') })),
});
