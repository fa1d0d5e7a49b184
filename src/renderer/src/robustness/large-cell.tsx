import type { JSX, ReactNode } from 'react';
import type { VariantAnswer, VariantChoices } from '#shared/contract/robustness.ts';
import type { Explaining } from '../explain/use-explaining.ts';
import type { Explanation } from '../explain/explanation.ts';
import { Viewport } from '../explain/viewport.tsx';
import type { RelevanceMap } from '../reading/load-map.ts';
import type { Column } from './columns.ts';
import { GridProgress } from './grid-progress.tsx';
import { SeverityCurves } from './severity-curves.tsx';
import { useStress } from './stress-state.ts';
import { useVariantGrid } from './use-variants.ts';
import { MissingReasons, VariantDistances, VariantPrediction } from './variant-numbers.tsx';
import { useVariantMap, VariantPicture } from './variant-picture.tsx';

interface LargeCellProps {
  readonly explaining: Explaining;
  readonly choices: VariantChoices;
  readonly column: Column;
  readonly variant: string;
  readonly lookKey: string;
}

/** The picture with its map | the changed picture with its map | that map laid back, and how all that goes with severity. */
export function LargeCell(props: LargeCellProps): JSX.Element {
  const { explaining, column, variant } = props;
  const { sample, composite } = explaining;
  const grid = useVariantGrid({ sample: sample.id, composite, columns: [column], variants: ['unchanged', variant] });
  const [original, changed] = grid.cells[0] ?? [];
  const change = changed?.answer?.result?.change;
  return (
    <div className="large-cell" data-testid="large-cell">
      <LargeHead column={column} answer={changed?.answer} />
      <div className="viewports three">
        <LargeViewports {...props} original={original?.answer} answer={changed?.answer}>
          {changed?.fault !== undefined && <p className="fault">{changed.fault}</p>}
          {!changed?.answer && <GridProgress grid={grid} />}
        </LargeViewports>
      </div>
      <div className="large-numbers">
        {change && <VariantDistances change={change} />}
        {change && <MissingReasons change={change} />}
        <SeverityCurves {...props} />
      </div>
    </div>
  );
}

interface ViewportsProps extends LargeCellProps {
  readonly original: VariantAnswer | undefined;
  readonly answer: VariantAnswer | undefined;
  /** Of an answer that is not here. */
  readonly children: ReactNode;
}

function LargeViewports({ explaining, original, answer, lookKey, children }: ViewportsProps): JSX.Element {
  const { sample } = explaining;
  const map = useVariantMap(original, 'own');
  const own = useVariantMap(answer, 'own');
  const carried = useVariantMap(answer?.result?.change ? answer : undefined, 'carried');
  return (
    <>
      <Viewport
        {...{ name: 'unchanged', sample, caption: 'Unchanged', isDerived: true, isBarred: true }}
        explanation={asExplanation(explaining, { answer: original, map, lookKey })}
        target={original?.target.label}
      />
      <figure className="large-variant" aria-label={answer?.title ?? 'The changed picture'}>
        <figcaption className="viewport-caption">
          {answer?.title} <span className="viewport-note">{answer?.note}</span>
        </figcaption>
        {answer?.result && (
          <VariantPicture
            {...{ lookKey, picture: answer, map: own, sample: sample.id, name: answer.title }}
            turned={answer.result.turned}
          />
        )}
        {answer?.reason !== undefined && <p className="variant-reason">Cannot be made: {answer.reason}.</p>}
        {children}
      </figure>
      <Viewport
        {...{ name: 'laid-back', sample, caption: 'Its map, laid back', isDerived: true }}
        explanation={asExplanation(explaining, { answer, map: carried, lookKey })}
        caution="The map of the changed picture on the unchanged one, where both show the same place."
      />
    </>
  );
}

function LargeHead({
  column,
  answer,
}: {
  readonly column: Column;
  readonly answer: VariantAnswer | undefined;
}): JSX.Element {
  return (
    <div className="large-head">
      <button
        type="button"
        className="quiet-button"
        onClick={() => {
          useStress.getState().change({ open: undefined });
        }}
      >
        Back to the matrix (Esc)
      </button>
      <strong>{column.model.name}</strong>
      {answer && <VariantPrediction answer={answer} />}
    </div>
  );
}

interface ShownAnswer {
  readonly answer: VariantAnswer | undefined;
  readonly map: RelevanceMap | undefined;
  readonly lookKey: string;
}

/** For a stage: under the look of the reader's maps. */
function asExplanation({ composite }: Explaining, { answer, map, lookKey }: ShownAnswer): Explanation | undefined {
  const { result, target } = answer ?? {};
  if (!result || !target || !map) return undefined;
  const { arraySha256, turned, effect, region } = result;
  const setup = Number(lookKey);
  return {
    ...{ composite, map, state: 'here', fault: undefined, ask: () => undefined, cancel: () => undefined },
    attribution: {
      ...{ arraySha256, turned, effect, region, sum: 0, target: target.index },
      setup: Number.isNaN(setup) ? 0 : setup,
    },
  };
}
