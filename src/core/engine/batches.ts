/** A long run cut into batches, and the results of the batches put together again. */
import type { AttributeCall } from './calls.ts';
import { dropFirstRow, emptied, joinFloats, joinReadings } from './concept-reading.ts';
import type { Conditioned } from './condition.ts';
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
    regions: call.regions,
    masks: call.masks.map(({ layer, values }) => ({ layer, values: sliceRows(values, rows, range) })),
  };
}

/** Results of consecutive batches as one. With a shared picture the logits and activations are those of the first. */
export function joinAttributions(batches: readonly Attribution[], shared: boolean): Attribution {
  const first = firstOf(batches);
  const relevanceTaps = joinTaps(batches, (tap) => shared && tap.kind === 'activation');
  return {
    logits: shared ? first.logits : joinFloats(batches.map((batch) => batch.logits)),
    relevance: joinFloats(batches.map((batch) => batch.relevance)),
    taps: relevanceTaps,
    concepts: shared ? joinShared(batches) : joinReadings(batches.map((batch) => batch.concepts)),
    targets: batches.flatMap((batch) => batch.targets),
    milliseconds: sum(batches.map((batch) => batch.milliseconds)),
  };
}

function joinShared(batches: readonly Attribution[]): Attribution['concepts'] {
  const [first, ...rest] = batches.map(({ concepts }) => concepts);
  const own = rest.map((concepts) =>
    concepts.map((reading) => (reading.kind === 'activation' ? emptied(reading) : reading)),
  );
  return joinReadings([first ?? [], ...own]);
}

/** Conditions computed one batch after another; what belongs to the picture alone is that of the first. */
export function joinConditioned(batches: readonly Conditioned[], { fromOutput }: { fromOutput: boolean }): Conditioned {
  const first = firstOf(batches);
  const own = batches.map(({ concepts }, i) => (fromOutput && i > 0 ? concepts.map(dropFirstRow) : concepts));
  return {
    ...first,
    relevance: joinFloats(batches.map((batch) => batch.relevance)),
    concepts: joinReadings(own).map((reading, i) => ({ ...reading, round: first.concepts[i]?.round })),
    milliseconds: sum(batches.map((batch) => batch.milliseconds)),
  };
}

export function joinPredictions(batches: readonly Prediction[]): Prediction {
  return {
    logits: joinFloats(batches.map((batch) => batch.logits)),
    taps: joinTaps(batches, () => false),
    concepts: joinReadings(batches.map((batch) => batch.concepts)),
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
      values: joinFloats(parts.map((part) => part.values)),
    };
  });
}

function firstOf<Batch>(batches: readonly Batch[]): Batch {
  const [first] = batches;
  if (first === undefined) throw new RangeError('A run has at least one batch.');
  return first;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
