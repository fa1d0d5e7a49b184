import { measured, undefinedBecause, type Measurement } from '#shared/measurement.ts';

const STABILIZER = 1e-9;

/**
 * |sum of R - f| / (|f| + 1e-9): what of the logit is missing in the map, or too much in it (Bach et al., 2015).
 * @param sum of the map that was started from the logit f.
 */
export function computeConservationResidual(sum: number, logit: number): Measurement {
  if (!Number.isFinite(sum) || !Number.isFinite(logit)) return undefinedBecause('the sum or the logit is not finite');
  if (logit === 0) return undefinedBecause('the logit is zero, so that no part of it can be missing');
  return measured(Math.abs(sum - logit) / (Math.abs(logit) + STABILIZER));
}
