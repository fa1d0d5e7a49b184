import type { JSX } from 'react';
import type { MeasurementView, VariantAnswer, VariantResult } from '#shared/contract/robustness.ts';
import { defineInWords, likenessMetrics, likenessOrder, metrics } from '#shared/metrics/index.ts';

/** What the model says of the changed picture, against the unchanged one. */
export function VariantPrediction({ answer }: { readonly answer: VariantAnswer }): JSX.Element | null {
  const { result, target } = answer;
  if (!result) return null;
  const { probability, change, predicted } = result;
  const isOther = predicted.index !== target.index;
  return (
    <p className="variant-prediction">
      {target.label} {percent(probability)}
      {change && (
        <span title={defineInWords(metrics.drift)}>
          {' '}
          · drift <output>{percent(change.drift)}</output>
        </span>
      )}
      {isOther && <strong className={change?.flipped === true ? 'flipped' : ''}> · predicts {predicted.label}</strong>}
      {change?.logitChangedSign === true && (
        <span title="Maps that are shown as they are computed swap their colors here; these are shown so that above zero speaks for the class.">
          {' '}
          · logit changed its sign
        </span>
      )}
    </p>
  );
}

/** The distances between the maps, each with what it means; where there is no number, why. */
export function VariantDistances({ change }: { readonly change: NonNullable<VariantResult['change']> }): JSX.Element {
  return (
    <dl className="variant-distances">
      {likenessOrder.map((name) => {
        const measurement = change.distances[name];
        return (
          <div
            key={name}
            title={explain(defineInWords(likenessMetrics[name]), measurement)}
            data-undefined={measurement.value === undefined}
          >
            <dt>{likenessMetrics[name].name}</dt>
            <dd>{showMeasurement(measurement)}</dd>
          </div>
        );
      })}
    </dl>
  );
}

/** Why numbers are missing, once each. */
export function MissingReasons({
  change,
}: {
  readonly change: NonNullable<VariantResult['change']>;
}): JSX.Element | null {
  const reasons = new Set(likenessOrder.flatMap((name) => change.distances[name].reason ?? []));
  if (reasons.size === 0) return null;
  return <p className="variant-reason">No number: {[...reasons].join('; ')}.</p>;
}

export const percent = (share: number): string => `${(100 * share).toFixed(share > 0 && share < 0.01 ? 1 : 0)}%`;

const explain = (definition: string, { reason }: MeasurementView): string =>
  reason === undefined ? definition : `No number: ${reason}. ${definition}`;

export const showMeasurement = ({ value }: MeasurementView): string =>
  value === undefined ? '–' : value.toFixed(2).replace('-', '−');
