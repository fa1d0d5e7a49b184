/** A long run cut into batches, and the results of the batches put together again. */
import type { AttributeCall } from './calls.ts';
import type { Attribution, Prediction, Tap } from './requests.ts';

export interface Range {
  readonly start: number;
  readonly end: number;
}

/** 0 to `total` in steps of `size`; the last may be shorter. */
export function listBatches(total: number, size: number): readonly Range[] {
  return Array.from({ length: Math.ceil(total / size) }, (_, index) => ({
    start: index * size,
    end: Math.min(total, (index + 1) * size),
  }));
}

/** The part of `values`, `rows` equal rows, that belongs to a batch. Shares memory. */
export function sliceRows(values: Float32Array, rows: number, { start, end }: Range): Float32Array {
  const rowLength = values.length / rows;
  return values.subarray(start * rowLength, end * rowLength);
}

/** One batch of a call. A picture shared by all rows goes with every batch. */
export function sliceCall(call: AttributeCall, range: Range, shared: boolean): AttributeCall {
  const rows = call.targets.length;
  const { initial } = call;
  return {
    handle: call.handle,
    images: shared ? call.images : sliceRows(call.images, rows, range),
    targets: call.targets.slice(range.start, range.end),
    initial: typeof initial === 'string' ? initial : { given: sliceRows(initial.given, rows, range) },
    masks: call.masks.map(({ layer, values }) => ({ layer, values: sliceRows(values, rows, range) })),
  };
}

/** Results of consecutive batches as one. With a shared picture the logits and activations are those of the first. */
export function joinAttributions(batches: readonly Attribution[], shared: boolean): Attribution {
  const first = firstOf(batches);
  const relevanceTaps = joinTaps(batches, (tap) => shared && tap.kind === 'activation');
  return {
    logits: shared ? first.logits : joinValues(batches.map((batch) => batch.logits)),
    relevance: joinValues(batches.map((batch) => batch.relevance)),
    taps: relevanceTaps,
    targets: batches.flatMap((batch) => batch.targets),
    milliseconds: sum(batches.map((batch) => batch.milliseconds)),
  };
}

export function joinPredictions(batches: readonly Prediction[]): Prediction {
  return {
    logits: joinValues(batches.map((batch) => batch.logits)),
    taps: joinTaps(batches, () => false),
    milliseconds: sum(batches.map((batch) => batch.milliseconds)),
  };
}

function joinTaps(batches: readonly Prediction[], isShared: (tap: Tap) => boolean): readonly Tap[] {
  return firstOf(batches).taps.map((tap, index) => {
    const parts = isShared(tap) ? [tap] : batches.flatMap((batch) => batch.taps[index] ?? []);
    const [, ...rowDims] = tap.dims;
    return {
      ...tap,
      dims: [sum(parts.map((part) => part.dims[0] ?? 0)), ...rowDims],
      values: joinValues(parts.map((part) => part.values)),
    };
  });
}

function firstOf<Batch>(batches: readonly Batch[]): Batch {
  const [first] = batches;
  if (first === undefined) throw new RangeError('A run has at least one batch.');
  return first;
}

function joinValues(parts: readonly Float32Array[]): Float32Array {
  const [only] = parts;
  if (only && parts.length === 1) return only;
  const joined = new Float32Array(sum(parts.map((part) => part.length)));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
