import type { WireReader } from './wire-reader.ts';

interface ForeignKind {
  /** First bytes, as Latin-1 text, and where they stand. */
  readonly magic: string;
  readonly offset?: number;
  /** Completes "… is not an ONNX model: ". */
  readonly advice: string;
}

const pytorch = 'export it with torch.onnx.export';
const picture = 'it is a picture; name the .onnx file as the model';

const kinds: readonly ForeignKind[] = [
  {
    magic: 'PK\x03\x04',
    advice: `it is a PyTorch checkpoint or another ZIP archive; if it is a checkpoint, ${pytorch}`,
  },
  { magic: '\x80\x02\x8a\x0a\x6c\xfc\x9c', advice: `it is an old PyTorch checkpoint; ${pytorch}` },
  { magic: '\x80\x02', advice: `it is a Python pickle; load it in Python and ${pytorch}` },
  { magic: '\x80\x03', advice: `it is a Python pickle; load it in Python and ${pytorch}` },
  { magic: '\x80\x04', advice: `it is a Python pickle; load it in Python and ${pytorch}` },
  { magic: '\x89HDF\r\n', advice: 'it is an HDF5 file, as Keras writes them; convert the model with tf2onnx' },
  { magic: '{"', offset: 8, advice: `it is a safetensors file, which holds weights without a network; ${pytorch}` },
  { magic: 'TFL3', offset: 4, advice: 'it is a TensorFlow Lite model; convert it with tf2onnx --tflite' },
  {
    magic: 'ORTM',
    offset: 4,
    advice: "it is in ONNX Runtime's own format (.ort); use the .onnx file it was made from",
  },
  { magic: 'GGUF', advice: 'it is a GGUF language model; only image classifiers as .onnx can be opened' },
  { magic: '\x93NUMPY', advice: 'it is a NumPy array' },
  {
    magic: 'version https://git-lfs',
    advice: 'it is a Git LFS pointer, not the file itself; fetch it with "git lfs pull"',
  },
  { magic: '\x89PNG', advice: picture },
  { magic: '\xff\xd8\xff', advice: picture },
  { magic: 'GIF8', advice: picture },
  { magic: 'BM', advice: picture },
  { magic: 'II*\0', advice: picture },
  { magic: 'MM\0*', advice: picture },
  { magic: 'DICM', offset: 128, advice: 'it is a DICOM file; name the .onnx file as the model' },
  { magic: '%PDF', advice: 'it is a PDF document' },
  { magic: '\x1f\x8b', advice: 'it is packed with gzip; unpack it first' },
  { magic: '<', advice: 'it is an HTML or XML page, perhaps saved from a download link; fetch the file itself' },
  { magic: '{', advice: 'it is a JSON text; name the .onnx file itself' },
];

/** What a file that is no ONNX model is instead, and what to do; undefined when its first bytes are not known. */
export function describeForeignFile(reader: WireReader): string | undefined {
  const head = Buffer.from(reader.head(132)).toString('latin1');
  const kind = kinds.find(({ magic, offset }) => head.startsWith(magic, offset ?? 0));
  if (kind) return kind.advice;
  if (reader.path.endsWith('saved_model.pb')) return 'it is a TensorFlow SavedModel; convert its folder with tf2onnx';
  return undefined;
}
