/** What the concepts (channels) of a layer carry, as it comes out of a run. */
export interface ConceptReading {
  readonly layer: string;
  readonly kind: 'activation' | 'relevance';
  readonly channels: number;
  /** [rows, channels]: summed over positions. */
  readonly sums: Float32Array;
  /** The highest value of each channel and its position, row by row: [rows, channels]. */
  readonly peaks: { readonly values: Float32Array; readonly positions: Float32Array } | undefined;
  /** [rows, channels, regions]: summed inside regions of the picture. */
  readonly inside: Float32Array | undefined;
  /**
   * Relevance that goes round the layer, [rows]: its sum, and the sum over its channels' absolute sums. Undefined where nothing can,
   * and where it was not asked for.
   */
  readonly round: { readonly sum: Float32Array; readonly absolute: Float32Array } | undefined;
}

/** Readings of consecutive batches as one. */
export function joinReadings(batches: readonly (readonly ConceptReading[])[]): readonly ConceptReading[] {
  const [first = []] = batches;
  if (batches.length === 1) return first;
  return first.map((reading, index) => {
    const parts = batches.map((batch) => batch[index] ?? reading);
    const join = (select: (part: ConceptReading) => Float32Array | undefined): Float32Array =>
      joinFloats(parts.map((part) => select(part) ?? new Float32Array()));
    return {
      ...reading,
      sums: join(({ sums }) => sums),
      peaks: reading.peaks && {
        values: join(({ peaks }) => peaks?.values),
        positions: join(({ peaks }) => peaks?.positions),
      },
      inside: reading.inside && join(({ inside }) => inside),
      round: reading.round && {
        sum: join(({ round }) => round?.sum),
        absolute: join(({ round }) => round?.absolute),
      },
    };
  });
}

/** Without the row that stands before those of the conditions; activations have that one alone. */
export function dropFirstRow(reading: ConceptReading): ConceptReading {
  const { sums, peaks, inside, channels, kind } = reading;
  if (kind === 'activation') return emptied(reading);
  return {
    ...reading,
    sums: sums.subarray(channels),
    peaks: peaks && { values: peaks.values.subarray(channels), positions: peaks.positions.subarray(channels) },
    inside: inside?.subarray((inside.length * channels) / sums.length),
  };
}

/** With no rows. */
export function emptied(reading: ConceptReading): ConceptReading {
  return { ...reading, sums: new Float32Array(), peaks: undefined, inside: undefined, round: undefined };
}

export function joinFloats(parts: readonly Float32Array[]): Float32Array {
  const [only] = parts;
  if (only && parts.length === 1) return only;
  const joined = new Float32Array(parts.reduce((total, part) => total + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}
