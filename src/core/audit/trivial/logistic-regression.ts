/** A table of numbers, row by row. */
export interface Design {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float64Array;
}

/** Log-odds of being positive: intercept + coefficients · row. */
export interface LogisticModel {
  readonly intercept: number;
  readonly coefficients: Float64Array;
  /** Rounds it took; `MOST_ROUNDS` where it had not come to rest. */
  readonly rounds: number;
}

const MOST_ROUNDS = 50;
const REST = 1e-9;

/**
 * Logistic regression by Newton's steps (iteratively reweighted least squares; Hastie, Tibshirani, Friedman, The Elements of Statistical Learning, 4.4.1), with a penalty of
 * ridge / 2 times the sum of squared coefficients, the intercept free. The penalty keeps coefficients finite where classes can be divided without
 * fault. A step that makes things worse is halved.
 * @param isPositive 0 or 1, for each row.
 */
export function fitLogistic(design: Design, isPositive: Uint8Array, ridge: number): LogisticModel {
  let weights: Float64Array = new Float64Array(design.columns + 1);
  let loss = lossOf(design, isPositive, { weights, ridge });
  for (let rounds = 1; rounds <= MOST_ROUNDS; rounds++) {
    const step = findStep(design, isPositive, { weights, ridge });
    const next = walk(weights, step, (tried) => lossOf(design, isPositive, { weights: tried, ridge }) <= loss);
    const nextLoss = lossOf(design, isPositive, { weights: next, ridge });
    const isAtRest = loss - nextLoss < REST * (1 + Math.abs(loss));
    [weights, loss] = [next, nextLoss];
    if (isAtRest) return toModel(weights, rounds);
  }
  return toModel(weights, MOST_ROUNDS);
}

const toModel = (weights: Float64Array, rounds: number): LogisticModel => ({
  ...{ intercept: weights[0] ?? 0, coefficients: weights.slice(1), rounds },
});

/** Log-odds of each row. */
export function scoreRows({ rows, columns, values }: Design, { intercept, coefficients }: LogisticModel): Float64Array {
  return Float64Array.from({ length: rows }, (_, row) => {
    let sum = intercept;
    for (let column = 0; column < columns; column++)
      sum += (coefficients[column] ?? 0) * (values[row * columns + column] ?? 0);
    return sum;
  });
}

interface Trial {
  /** The intercept, then the coefficients. */
  readonly weights: Float64Array;
  readonly ridge: number;
}

/** Negative log-likelihood with the penalty. */
function lossOf(design: Design, isPositive: Uint8Array, { weights, ridge }: Trial): number {
  const scores = scoreRows(design, toModel(weights, 0));
  const penalty = weights.subarray(1).reduce((sum, weight) => sum + weight * weight, 0);
  return scores.reduce(
    // ln(1 + e^s) without overflow.
    (sum, score, row) =>
      sum + Math.max(0, score) + Math.log1p(Math.exp(-Math.abs(score))) - score * (isPositive[row] ?? 0),
    (ridge / 2) * penalty,
  );
}

function walk(from: Float64Array, step: Float64Array, isBetter: (tried: Float64Array) => boolean): Float64Array {
  for (let share = 1; share > 1e-6; share /= 2) {
    const tried = from.map((weight, at) => weight + share * (step[at] ?? 0));
    if (isBetter(tried)) return tried;
  }
  return from;
}

/** Solves (X'WX + ridge) step = X'(y - p) - ridge · weights, X with a column of ones before it. */
function findStep(design: Design, isPositive: Uint8Array, { weights, ridge }: Trial): Float64Array {
  const { rows, columns, values } = design;
  const size = columns + 1;
  const scores = scoreRows(design, toModel(weights, 0));
  const matrix = new Float64Array(size * size);
  const right = new Float64Array(size);
  const line = new Float64Array(size).fill(1, 0, 1);
  for (let row = 0; row < rows; row++) {
    const share = 1 / (1 + Math.exp(-(scores[row] ?? 0)));
    line.set(values.subarray(row * columns, (row + 1) * columns), 1);
    addRow({ matrix, right, line }, share * (1 - share), (isPositive[row] ?? 0) - share);
  }
  for (let at = 0; at < size; at++) {
    // The least keeps the matrix regular where all shares are 0 or 1.
    matrix[at * size + at] = (matrix[at * size + at] ?? 0) + (at === 0 ? 1e-9 : ridge);
    if (at > 0) right[at] = (right[at] ?? 0) - ridge * (weights[at] ?? 0);
  }
  return solveSymmetric(matrix, right);
}

interface NormalEquations {
  readonly matrix: Float64Array;
  readonly right: Float64Array;
  readonly line: Float64Array;
}

function addRow({ matrix, right, line }: NormalEquations, weight: number, residual: number): void {
  const size = line.length;
  for (let at = 0; at < size; at++) {
    const value = line[at] ?? 0;
    if (value === 0) continue;
    right[at] = (right[at] ?? 0) + value * residual;
    for (let to = 0; to < size; to++) {
      const place = at * size + to;
      matrix[place] = (matrix[place] ?? 0) + weight * value * (line[to] ?? 0);
    }
  }
}

/** By Cholesky's factors; the matrix is overwritten by them. */
function solveSymmetric(matrix: Float64Array, right: Float64Array): Float64Array {
  const size = right.length;
  factorise(matrix, size);
  const at = (row: number, column: number): number => matrix[row * size + column] ?? 0;
  const known = Float64Array.from(right);
  const take = (row: number, inner: number, factor: number): void => {
    known[row] = (known[row] ?? 0) - factor * (known[inner] ?? 0);
  };
  for (let row = 0; row < size; row++) {
    for (let inner = 0; inner < row; inner++) take(row, inner, at(row, inner));
    known[row] = (known[row] ?? 0) / at(row, row);
  }
  for (let row = size - 1; row >= 0; row--) {
    for (let inner = row + 1; inner < size; inner++) take(row, inner, at(inner, row));
    known[row] = (known[row] ?? 0) / at(row, row);
  }
  return known;
}

function factorise(matrix: Float64Array, size: number): void {
  const at = (row: number, column: number): number => matrix[row * size + column] ?? 0;
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      let sum = at(row, column);
      for (let inner = 0; inner < column; inner++) sum -= at(row, inner) * at(column, inner);
      matrix[row * size + column] = row === column ? Math.sqrt(Math.max(sum, 1e-12)) : sum / at(column, column);
    }
  }
}
