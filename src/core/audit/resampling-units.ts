/** Whose a case is; undefined where nobody says. */
interface Owned {
  readonly id?: string;
  readonly patient?: string | undefined;
}

/** What a bootstrap draws: patients, or cases where nobody says whose they are. */
export interface ResamplingUnits {
  readonly kind: 'patient' | 'case';
  readonly count: number;
  /** The unit each case belongs to. */
  readonly unitOf: Uint32Array;
  /** Cases that name no patient. */
  readonly withoutPatient: number;
}

/** Cases of one patient form a unit; a case without a patient is a unit of its own. */
export function findResamplingUnits(cases: readonly Owned[]): ResamplingUnits {
  const units = new Map<string, number>();
  const unitOf = new Uint32Array(cases.length);
  let [count, withoutPatient] = [0, 0];
  cases.forEach(({ patient }, index) => {
    const known = patient === undefined ? undefined : units.get(patient);
    unitOf[index] = known ?? count;
    if (patient === undefined) withoutPatient++;
    else units.set(patient, unitOf[index]);
    if (known === undefined) count++;
  });
  return { kind: units.size > 0 ? 'patient' : 'case', count, unitOf, withoutPatient };
}

/**
 * One resample: as many units as there are, drawn with replacement.
 * @param draw unsigned 32-bit numbers.
 * @returns how often each case counts.
 */
export function drawWeights({ count, unitOf }: ResamplingUnits, draw: () => number): Uint32Array {
  const times = new Uint32Array(count);
  for (let index = 0; index < count; index++) {
    const unit = Math.floor((draw() / 2 ** 32) * count);
    times[unit] = (times[unit] ?? 0) + 1;
  }
  return unitOf.map((unit) => times[unit] ?? 0);
}
