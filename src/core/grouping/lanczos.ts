import { createRandomWords } from '#shared/random-words.ts';
import { decomposeDense } from './dense-eigen.ts';
import { addScaled, dot, type Eigenpair, type SymmetricOperator } from './eigenpairs.ts';

export interface LanczosRequest {
  /** Smallest eigenpairs wanted. */
  readonly count: number;
  /** Eigenvectors that are known already and are kept out. */
  readonly known: readonly Float64Array[];
  readonly seed: number;
}

/** |A x - value x| below which an eigenpair is as good as exact; the matrices here have a norm of at most 2. */
const TOLERANCE = 1e-8;
const FIRST_STEPS = 120;
const BREAKDOWN = 1e-12;

/**
 * The smallest eigenpairs of a symmetric matrix by Lanczos' method with full reorthogonalisation (Golub and Van Loan, Matrix Computations,
 * chapter 10): the matrix is only multiplied with. The space grows until the wanted pairs are exact to 1e-8 or it is the whole space. Of
 * an eigenvalue that occurs more than once, one vector is found for each restart; callers keep known ones out.
 */
export function findSmallest(
  operator: SymmetricOperator,
  { count, known, seed }: LanczosRequest,
): readonly Eigenpair[] {
  const most = operator.size - known.length;
  for (let steps = Math.min(most, FIRST_STEPS); ; steps = Math.min(most, steps * 2)) {
    const pairs = findRitzPairs(operator, { known, steps, count, seed });
    if (steps === most || pairs.every((pair) => residualOf(operator, pair) < TOLERANCE)) return pairs;
  }
}

interface RitzRequest extends LanczosRequest {
  readonly steps: number;
}

/** The smallest eigenpairs of the matrix as seen from the space that is spanned by a start vector and its images. */
function findRitzPairs(operator: SymmetricOperator, request: RitzRequest): readonly Eigenpair[] {
  const { basis, diagonal, beside } = buildBasis(operator, request);
  const tridiagonal: SymmetricOperator = {
    size: basis.length,
    multiply: (vector, target) => {
      for (let at = 0; at < basis.length; at++)
        target[at] =
          (diagonal[at] ?? 0) * (vector[at] ?? 0) +
          (beside[at - 1] ?? 0) * (vector[at - 1] ?? 0) +
          (beside[at] ?? 0) * (vector[at + 1] ?? 0);
    },
  };
  return decomposeDense(tridiagonal)
    .slice(0, request.count)
    .map(({ value, vector }) => {
      const lifted = new Float64Array(operator.size);
      basis.forEach((one, at) => {
        addScaled(lifted, one, vector[at] ?? 0);
      });
      return { value, vector: lifted };
    });
}

interface LanczosBasis {
  readonly basis: readonly Float64Array[];
  readonly diagonal: readonly number[];
  /** Between a basis vector and the next. */
  readonly beside: readonly number[];
}

function buildBasis(operator: SymmetricOperator, { known, steps, seed }: RitzRequest): LanczosBasis {
  const draw = createRandomWords(`lanczos ${seed}`);
  const [basis, diagonal, beside]: [Float64Array[], number[], number[]] = [[], [], []];
  const start = (): Float64Array => Float64Array.from({ length: operator.size }, () => draw() / 2 ** 32 - 0.5);
  let next = start();
  while (basis.length < steps) {
    const length = makeOrthogonal(next, [...known, ...basis]);
    // The images have closed on themselves: another start, not joined with what was found.
    const isClosed = length < BREAKDOWN;
    if (isClosed) {
      next = start();
      makeOrthogonal(next, [...known, ...basis]);
    }
    if (basis.length > 0) beside.push(isClosed ? 0 : length);
    const vector = next;
    basis.push(vector);
    next = new Float64Array(operator.size);
    operator.multiply(vector, next);
    diagonal.push(dot(vector, next));
  }
  return { basis, diagonal, beside };
}

/** Takes out what lies along the others, twice for rounding's sake, and makes the rest of length 1. Returns the length it had. */
function makeOrthogonal(vector: Float64Array, others: readonly Float64Array[]): number {
  for (let round = 0; round < 2; round++) {
    for (const other of others) addScaled(vector, other, -dot(vector, other));
  }
  const length = Math.sqrt(dot(vector, vector));
  for (let at = 0; at < vector.length; at++) vector[at] = (vector[at] ?? 0) / (length || 1);
  return length;
}

function residualOf(operator: SymmetricOperator, { value, vector }: Eigenpair): number {
  const product = new Float64Array(operator.size);
  operator.multiply(vector, product);
  addScaled(product, vector, -value);
  return Math.sqrt(dot(product, product));
}
