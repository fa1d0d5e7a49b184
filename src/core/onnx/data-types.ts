/** ONNX TensorProto.DataType: number in the file, name here, bytes per element, and where typed values are kept. */
import type { DataType } from './model.ts';

/** The TensorProto field that holds values which are not raw, and how its elements are encoded. */
type TypedField = 'floatData' | 'int32Data' | 'int64Data' | 'doubleData' | 'uint64Data';

export interface DataTypeFacts {
  readonly code: number;
  readonly elementLength: number;
  readonly typedField: TypedField;
}

type SizedDataType = Exclude<DataType, 'string' | 'other'>;

const facts: Readonly<Record<SizedDataType, DataTypeFacts>> = {
  float32: { code: 1, elementLength: 4, typedField: 'floatData' },
  uint8: { code: 2, elementLength: 1, typedField: 'int32Data' },
  int8: { code: 3, elementLength: 1, typedField: 'int32Data' },
  uint16: { code: 4, elementLength: 2, typedField: 'int32Data' },
  int16: { code: 5, elementLength: 2, typedField: 'int32Data' },
  int32: { code: 6, elementLength: 4, typedField: 'int32Data' },
  int64: { code: 7, elementLength: 8, typedField: 'int64Data' },
  bool: { code: 9, elementLength: 1, typedField: 'int32Data' },
  float16: { code: 10, elementLength: 2, typedField: 'int32Data' },
  float64: { code: 11, elementLength: 8, typedField: 'doubleData' },
  uint32: { code: 12, elementLength: 4, typedField: 'uint64Data' },
  uint64: { code: 13, elementLength: 8, typedField: 'uint64Data' },
  bfloat16: { code: 16, elementLength: 2, typedField: 'int32Data' },
};

const stringCode = 8;
const namesByCode = new Map<number, DataType>([[stringCode, 'string']]);
for (const [name, { code }] of Object.entries(facts)) namesByCode.set(code, name as SizedDataType);

/** The name of a data type number; `other` for those this program does not work with. */
export function dataTypeOfCode(code: number): DataType {
  return namesByCode.get(code) ?? 'other';
}

/** Code, element length in bytes and typed field of a data type; undefined for `string` and `other`. */
export function findDataTypeFacts(dataType: DataType): DataTypeFacts | undefined {
  return dataType === 'string' || dataType === 'other' ? undefined : facts[dataType];
}
