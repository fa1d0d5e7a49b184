import { useMemo, type JSX } from 'react';
import { defineInWords, likenessMetrics } from '#shared/metrics/index.ts';
import type { LayoutProps } from '../explain/layout-props.ts';
import { chooseLayout } from '../explain/use-explain-actions.ts';
import { chooseVariants } from './choose-variants.ts';
import { GridProgress } from './grid-progress.tsx';
import './strip.css';
import { useStress } from './stress-state.ts';
import { useVariantChoices, useVariantGrid, type VariantCell } from './use-variants.ts';
import { percent, showMeasurement } from './variant-numbers.tsx';
import { useVariantMap, VariantPicture } from './variant-picture.tsx';

/** Variants of the picture with prediction and map each, by the model looked at. */
export function VariantStrip({ explaining, explanation }: LayoutProps): JSX.Element | null {
  const { sample, composite, subject } = explaining;
  const choices = useVariantChoices();
  const { augmentations, severity } = useStress();
  const variants = useMemo(
    () => (choices ? chooseVariants(choices, { augmentations, severity }) : []),
    [choices, augmentations, severity],
  );
  const columns = [{ model: subject.model, target: subject.target }];
  const grid = useVariantGrid({ sample: sample.id, composite, columns, variants });
  const lookKey = String(explanation.attribution?.setup ?? 'variants');
  return (
    <section className="variant-strip" aria-label="Variants" data-testid="variant-strip">
      <GridProgress grid={grid} />
      <ul>
        {grid.cells[0]?.map((cell) => (
          <li key={cell.variant}>
            <StripCell {...{ cell, lookKey }} sample={sample.id} model={subject.model.id} />
          </li>
        ))}
      </ul>
    </section>
  );
}

interface StripCellProps {
  readonly sample: number;
  readonly model: number;
  readonly cell: VariantCell;
  readonly lookKey: string;
}

function StripCell({ sample, model, cell, lookKey }: StripCellProps): JSX.Element {
  const { answer, variant } = cell;
  const map = useVariantMap(answer, 'own');
  if (!answer?.result)
    return (
      <div className="strip-cell empty">
        {answer?.title ?? variant}
        <span className="variant-note">
          {cell.fault ?? answer?.reason ?? (cell.isWaiting ? 'waiting' : 'not computed')}
        </span>
      </div>
    );
  const { result, title, note } = answer;
  const { change } = result;
  return (
    <button
      type="button"
      className="strip-cell"
      title={note}
      onClick={() => {
        useStress.getState().change({ open: { model, variant } });
        chooseLayout('stress');
      }}
    >
      <VariantPicture {...{ sample, lookKey, picture: answer, map }} turned={result.turned} name="" />
      <span>{title}</span>
      <span className="variant-note one-line">{note}</span>
      <span className="variant-note">
        {answer.target.label} {percent(result.probability)}
        {change?.flipped === true && <strong className="flipped"> → {result.predicted.label}</strong>}
      </span>
      {change && (
        <span className="variant-note" title={defineInWords(likenessMetrics.spearman)}>
          Spearman {showMeasurement(change.distances.spearman)}
        </span>
      )}
    </button>
  );
}
