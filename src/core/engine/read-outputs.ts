/** What comes out of a session, checked and named. */
import { LightboxError } from '#shared/errors.ts';
import type { Tensor } from '#core/runtime/index.ts';
import type { AttributionGraph } from '#core/relevance/index.ts';
import type { ConceptReading } from './concept-reading.ts';
import type { Tap } from './requests.ts';

export type Tensors = Readonly<Record<string, Tensor>>;

export function readTaps({ outputs }: AttributionGraph, results: Tensors): readonly Tap[] {
  return outputs.taps.map(({ layer, kind, output }) => ({
    ...{ layer, kind },
    dims: getTensor(results, output).dims,
    values: getFloats(results, output),
  }));
}

export function readConcepts({ outputs }: AttributionGraph, results: Tensors): readonly ConceptReading[] {
  const find = (name: string | undefined): Float32Array | undefined =>
    name === undefined ? undefined : getFloats(results, name);
  return outputs.concepts.map(({ layer, kind, channels, sums, peaks, inside, round }) => ({
    ...{ layer, kind, channels },
    sums: getFloats(results, sums),
    peaks: peaks && { values: getFloats(results, peaks.value), positions: getFloats(results, peaks.position) },
    inside: find(inside),
    round: round && { sum: getFloats(results, round.sum), absolute: getFloats(results, round.absolute) },
  }));
}

export function getFloats(outputs: Tensors, name: string): Float32Array {
  const { values } = getTensor(outputs, name);
  if (values instanceof Float32Array) return values;
  throw new LightboxError('internal', `Output "${name}" of a compiled network is not float32.`);
}

function getTensor(outputs: Tensors, name: string): Tensor {
  const tensor = outputs[name];
  if (tensor) return tensor;
  throw new LightboxError('internal', `A compiled network has no output "${name}".`);
}
