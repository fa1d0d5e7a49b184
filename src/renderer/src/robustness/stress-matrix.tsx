import type { JSX } from 'react';
import type { VariantChoices } from '#shared/contract/robustness.ts';
import { augmentationOf } from './choose-variants.ts';
import type { Column } from './columns.ts';
import { StressCell } from './stress-cell.tsx';
import type { VariantGrid } from './use-variants.ts';

interface StressMatrixProps {
  readonly sample: number;
  readonly choices: VariantChoices;
  readonly columns: readonly Column[];
  readonly variants: readonly string[];
  readonly grid: VariantGrid;
  readonly lookKey: string;
}

/** Rows are variants, columns are models. */
export function StressMatrix(props: StressMatrixProps): JSX.Element {
  const { sample, columns, variants, grid, lookKey } = props;
  return (
    <table className="stress-matrix" data-testid="stress-matrix">
      <MatrixHead {...props} />
      <tbody>
        {variants.map((variant, row) => (
          <tr key={variant} data-variant={variant}>
            <RowName {...{ variant, row }} {...props} />
            {columns.map(({ model: { id: model } }, column) => {
              const [cell, original] = [grid.cells[column]?.[row], grid.cells[column]?.[0]?.answer];
              return <td key={model}>{cell && <StressCell {...{ sample, model, cell, original, lookKey }} />}</td>;
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function MatrixHead(props: StressMatrixProps): JSX.Element {
  const { columns, grid } = props;
  return (
    <thead>
      <tr>
        <th scope="col" title="In each cell: the picture, its map, and the map laid back onto the unchanged picture.">
          Variant
        </th>
        {columns.map(({ model, target }, column) => (
          <th key={model.id} scope="col">
            {model.name}
            <span className="variant-note">
              {target === undefined ? ' · has no such class' : ` · explains ${nameOf(grid, column, props)}`}
            </span>
          </th>
        ))}
      </tr>
    </thead>
  );
}

/** The class all variants of a column are explained for. */
function nameOf({ cells }: VariantGrid, column: number, { columns }: StressMatrixProps): string {
  const { model, target } = columns[column] ?? {};
  const known = cells[column]?.[0]?.answer?.target.label;
  return known ?? (typeof target === 'number' ? (model?.labels[target] ?? `class ${target}`) : 'what it predicts');
}

interface RowNameProps extends Pick<StressMatrixProps, 'choices' | 'grid'> {
  readonly variant: string;
  readonly row: number;
}

/** As the workbench calls the variant, once an answer says so. */
function RowName({ variant, row, choices, grid }: RowNameProps): JSX.Element {
  const augmentation = choices.augmentations.find(({ name }) => name === augmentationOf(variant));
  const answer = grid.cells.map((column) => column[row]?.answer).find((one) => one !== undefined);
  return (
    <th scope="row" title={augmentation?.definition}>
      {answer?.title ?? augmentation?.title ?? 'Unchanged'}
      <span className="variant-note">{answer?.note}</span>
    </th>
  );
}
