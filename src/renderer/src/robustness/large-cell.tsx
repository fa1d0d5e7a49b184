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
  const answer = changed?.answer;
  return (
    <div className="large-cell" data-testid="large-cell">
      <LargeHead {...{ column, answer }} />
      <div className="viewports three">
        <MapViewport {...props} answer={original?.answer} which="own" />
        <VariantFigure {...props} answer={answer}>
          {changed?.fault !== undefined && <p className="fault">{changed.fault}</p>}
          {!answer && <GridProgress grid={grid} />}
        </VariantFigure>
        <MapViewport {...props} answer={answer} which="carried" />
      </div>
      <div className="large-numbers">
        <LargeNumbers answer={answer} />
        <SeverityCurves {...props} />
      </div>
    </div>
  );
}

function LargeNumbers({ answer }: { readonly answer: VariantAnswer | undefined }): JSX.Element | null {
  const change = answer?.result?.change;
  if (!change) return null;
  return (
    <>
      <VariantDistances change={change} />
      <MissingReasons change={change} />
    </>
  );
}

interface AnswerProps extends LargeCellProps {
  readonly answer: VariantAnswer | undefined;
}

/** The unchanged picture with its own map, or with one that was laid back onto it. */
function MapViewport({ explaining, answer, lookKey, which }: AnswerProps & { which: 'own' | 'carried' }): JSX.Element {
  const isOwn = which === 'own';
  const map = useVariantMap(answer?.result?.change || isOwn ? answer : undefined, which);
  return (
    <Viewport
      {...{ name: isOwn ? 'unchanged' : 'laid-back', sample: explaining.sample, isDerived: true, isBarred: isOwn }}
      caption={isOwn ? 'Unchanged' : 'Its map, laid back'}
      explanation={asExplanation(explaining, { answer, map, lookKey })}
      target={isOwn ? answer?.target.label : undefined}
      caution="The map of a changed picture is laid back where both show the same place."
    />
  );
}

/** The changed picture as the model sees it, with its map. */
function VariantFigure({
  explaining,
  answer,
  lookKey,
  children,
}: AnswerProps & { readonly children: ReactNode }): JSX.Element {
  const map = useVariantMap(answer, 'own');
  const { title = 'The changed picture', note, reason, result } = answer ?? {};
  return (
    <figure className="large-variant" aria-label={title}>
      <figcaption className="viewport-caption">
        {title} <span className="viewport-note">{note}</span>
      </figcaption>
      {answer && result && (
        <VariantPicture
          {...{ lookKey, picture: answer, map, sample: explaining.sample.id, name: title }}
          turned={result.turned}
        />
      )}
      {reason !== undefined && <p className="variant-reason">Cannot be made: {reason}.</p>}
      {children}
    </figure>
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
