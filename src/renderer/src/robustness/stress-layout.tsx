import { useMemo, type JSX } from 'react';
import { compositeCautions } from '#shared/composite-cautions.ts';
import type { LayoutProps } from '../explain/layout-props.ts';
import { useView } from '../reading/view-state.ts';
import { chooseColumns, type Column } from './columns.ts';
import { chooseVariants } from './choose-variants.ts';
import { GridProgress } from './grid-progress.tsx';
import { LargeCell } from './large-cell.tsx';
import './stress.css';
import { StressChoices } from './stress-choices.tsx';
import { StressMatrix } from './stress-matrix.tsx';
import { useStress } from './stress-state.ts';
import { useCellActions } from './use-robustness-actions.ts';
import { useVariantChoices, useVariantGrid, type VariantGrid } from './use-variants.ts';

const none: readonly string[] = [];

/** What becomes of prediction and map when the picture is changed a little, by several models; or one cell of that, large. */
export function StressLayout({ explaining, explanation }: LayoutProps): JSX.Element {
  const { sample, composite } = explaining;
  const choices = useVariantChoices();
  const { models, augmentations, severity, open } = useStress();
  const { hidden } = useView();
  const columns = chooseColumns(explaining, models);
  const variants = useMemo(
    () => (choices ? chooseVariants(choices, { augmentations, severity }) : none),
    [choices, augmentations, severity],
  );
  const grid = useVariantGrid({ sample: sample.id, composite, columns, variants });
  useCellActions({ open, variants, columns });
  const lookKey = String(explanation.attribution?.setup ?? 'variants');
  const opened = open && findOpened(columns, open.model);
  return (
    <div className="stress" data-testid="stress">
      {!hidden && <StressHead {...{ explaining, grid }} />}
      {choices && open && opened && (
        <LargeCell {...{ explaining, choices, column: opened, variant: open.variant, lookKey }} />
      )}
      {choices && !opened && (
        <div className="stress-scroll" tabIndex={0} role="region" aria-label="Variants by model">
          <StressMatrix {...{ choices, columns, variants, grid, lookKey }} sample={sample.id} />
        </div>
      )}
    </div>
  );
}

interface StressHeadProps extends Pick<LayoutProps, 'explaining'> {
  readonly grid: VariantGrid;
}

function StressHead({ explaining, grid }: StressHeadProps): JSX.Element {
  const { composite } = explaining;
  const averageShifts = useStress((state) => state.averageShifts);
  return (
    <header className="stress-head">
      <h2>Stress matrix</h2>
      <span>{composite}</span>
      {averageShifts && <span className="stress-mark">Maps are means over one-pixel shifts of the input</span>}
      <GridProgress grid={grid} />
      <details className="stress-details">
        <summary>What is done, how much, by which models</summary>
        <StressChoices explaining={explaining} />
      </details>
      <p className="quiet">{compositeCautions[composite].caution}</p>
    </header>
  );
}

const findOpened = (columns: readonly Column[], model: number): Column | undefined =>
  columns.find((column) => column.model.id === model && column.target !== undefined);
