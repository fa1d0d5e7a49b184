import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { byValue, type Eigenpair, type SymmetricOperator } from './eigenpairs.ts';

/** All eigenpairs of a symmetric matrix, the smallest first: the whole matrix is written down and decomposed. */
export function decomposeDense(operator: SymmetricOperator): readonly Eigenpair[] {
  const { size } = operator;
  const matrix = Matrix.zeros(size, size);
  const [unit, column] = [new Float64Array(size), new Float64Array(size)];
  for (let at = 0; at < size; at++) {
    unit[at] = 1;
    operator.multiply(unit, column);
    matrix.setColumn(at, column);
    unit[at] = 0;
  }
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(matrix, { assumeSymmetric: true });
  return realEigenvalues
    .map((value, at): Eigenpair => ({ value, vector: Float64Array.from(eigenvectorMatrix.getColumn(at)) }))
    .sort(byValue);
}
