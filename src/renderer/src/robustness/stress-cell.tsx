import type { JSX } from 'react';
import type { VariantAnswer } from '#shared/contract/robustness.ts';
import { useStress } from './stress-state.ts';
import type { VariantCell } from './use-variants.ts';
import { MissingReasons, VariantDistances, VariantPrediction } from './variant-numbers.tsx';
import { useVariantMap, VariantPicture } from './variant-picture.tsx';

interface StressCellProps {
  readonly sample: number;
  readonly model: number;
  readonly cell: VariantCell;
  /** Of the unchanged picture. */
  readonly original: VariantAnswer | undefined;
  readonly lookKey: string;
}

/** A changed picture, its map, the map laid back, and the numbers; pressed, it opens large. */
export function StressCell({ sample, model, cell, original, lookKey }: StressCellProps): JSX.Element {
  const { variant, answer, fault, isWaiting } = cell;
  if (fault !== undefined)
    return (
      <p className="fault" role="alert">
        {fault}
      </p>
    );
  if (!answer) return <p className="variant-waiting">{isWaiting ? 'waiting for its turn' : 'not computed'}</p>;
  if (answer.reason !== undefined) return <p className="variant-reason">Cannot be made: {answer.reason}.</p>;
  const change = answer.result?.change;
  return (
    <div className="stress-cell">
      <button
        type="button"
        className="stress-pictures"
        aria-label={`${answer.title} ${answer.note}: open large`}
        onClick={() => {
          useStress.getState().change({ open: { model, variant } });
        }}
      >
        <CellPictures {...{ sample, answer, original, lookKey }} />
      </button>
      <div className="stress-numbers">
        <VariantPrediction answer={answer} />
        {change && <VariantDistances change={change} />}
        {change && <MissingReasons change={change} />}
      </div>
    </div>
  );
}

interface CellPicturesProps extends Pick<StressCellProps, 'sample' | 'original' | 'lookKey'> {
  readonly answer: VariantAnswer;
}

function CellPictures({ sample, answer, original, lookKey }: CellPicturesProps): JSX.Element {
  const map = useVariantMap(answer, 'own');
  const hasMoved = answer.result?.change !== undefined;
  const carried = useVariantMap(hasMoved ? answer : undefined, 'carried');
  const turned = answer.result?.turned;
  return (
    <>
      <VariantPicture {...{ sample, lookKey, picture: answer }} name="the picture the model sees" />
      <VariantPicture {...{ sample, lookKey, picture: answer, map, turned }} name="its map" />
      {original && hasMoved && (
        <VariantPicture
          {...{ sample, lookKey, picture: original, map: carried, turned }}
          name="its map, laid back onto the unchanged picture"
        />
      )}
    </>
  );
}
