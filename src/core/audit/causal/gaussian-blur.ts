interface Plane {
  readonly width: number;
  readonly height: number;
  readonly values: Float32Array;
}

/** How many standard deviations the filter reaches. */
const REACH = 3;

/** A plane under a Gaussian filter; at the edges the weights that fall outside are left out and the others made up for it. */
export function blurPlane({ width, height, values }: Plane, sigma: number): Float32Array {
  const along = filterAxis(values, { count: width, step: 1, lines: height, lineStep: width }, sigma);
  return filterAxis(along, { count: height, step: width, lines: width, lineStep: 1 }, sigma);
}

interface Axis {
  readonly count: number;
  readonly step: number;
  readonly lines: number;
  readonly lineStep: number;
}

function filterAxis(values: Float32Array, axis: Axis, sigma: number): Float32Array {
  const radius = Math.ceil(REACH * sigma);
  const weights = Float64Array.from({ length: radius + 1 }, (_, distance) => Math.exp(-0.5 * (distance / sigma) ** 2));
  const filtered = new Float32Array(values.length);
  for (let line = 0; line < axis.lines; line++) {
    for (let at = 0; at < axis.count; at++) {
      const start = line * axis.lineStep;
      filtered[start + at * axis.step] = weigh(values, { ...axis, start, at }, weights);
    }
  }
  return filtered;
}

interface AxisPlace extends Axis {
  readonly start: number;
  readonly at: number;
}

function weigh(values: Float32Array, { count, step, start, at }: AxisPlace, weights: Float64Array): number {
  let [sum, total] = [0, 0];
  const radius = weights.length - 1;
  for (let place = Math.max(0, at - radius); place <= Math.min(count - 1, at + radius); place++) {
    const weight = weights[Math.abs(place - at)] ?? 0;
    sum += weight * (values[start + place * step] ?? 0);
    total += weight;
  }
  return sum / total;
}
