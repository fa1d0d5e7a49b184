import { convolve, epsilonAt, magnitudes, positive, type Numbers } from './plain-convolution.ts';
import { difference, type Sample } from './two-convolutions.ts';

/**
 * What float32 can hold of the Epsilon rule below another layer (docs/decisions/0007-bars-for-epsilon.md).
 *
 * Between two layers relevance is the ReLU's output a times a gain, and Epsilon divides it by z + eps, where z = a. Down to some 1e-4
 * the quotient a / (a + eps) is 1, however z is rounded; near eps it is any share, and follows z. There z is what is left of terms of
 * sizess up to 10 that cancel, and float32 errs by their size, not by its own.
 *
 * near-cancellation.test.ts shows it: in float64, but with z from a float32 convolution, the result errs as if all of it were
 * float32; with the exact z rounded to float32 it errs by less than 1e-9.
 */

/** Relevance of the picture under Epsilon in both layers, where the lower one gives z; in the precision of the numbers given. */
export function epsilonFrom(z: Numbers, { layers: [first, second], x, given }: Sample): Numbers {
  if (!second) return epsilonAt(z, { layer: first, x }, given);
  const above = convolve(second, positive(convolve(first, x)));
  const between = epsilonAt(above, { layer: second, x: positive(z) }, given);
  return epsilonAt(z, { layer: first, x }, between);
}

/** One unit in the last place of float32, of numbers near 1. */
const ulp = 2 ** -23;

/**
 * How far the float64 result moves, relative to itself, when every z of the lower layer moves up, or down, by one ulp of the sum of
 * the magnitudes of its terms. Measured on 40 samples with a z below 6e-5, out of 6,198: plain float32 erred by 0.001 to 0.41 of this,
 * the compiled network by 0.0008 to 0.38.
 */
export function float32Sensitivity(sample: Sample): number {
  const [first] = sample.layers;
  const z = convolve(first, sample.x);
  const steps = magnitudes(first, sample.x).map((magnitude) => ulp * magnitude);
  const exact = epsilonFrom(z, sample);
  const moved = [1, -1].map((sign) =>
    epsilonFrom(
      z.map((value, i) => value + sign * (steps[i] ?? NaN)),
      sample,
    ),
  );
  return Math.max(...moved.map((relevance) => difference(relevance, exact)));
}
