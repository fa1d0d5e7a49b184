import type { JSX } from 'react';
import type { AuditedAuc } from '#shared/contract/dataset-audit.ts';
import { auditWords } from './words.ts';

const [WIDTH, HEIGHT] = [150, 18];

/** An AUC as a bar from 0.5 to either side, with its interval; or why there is none. */
export function AucBar({ result }: { readonly result: AuditedAuc }): JSX.Element {
  if (!('auc' in result)) return <span className="quiet auc-none">{result.undefinedBecause}</span>;
  const { auc, interval } = result;
  const x = (value: number): number => value * WIDTH;
  const isTelling = interval.low > 0.5 || interval.high < 0.5;
  return (
    <span className="auc" title={auditWords.aucTip} data-telling={isTelling}>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} width={WIDTH} height={HEIGHT} aria-hidden>
        <rect {...{ x: 0, y: 4, width: WIDTH, height: 10 }} className="ground" />
        <rect {...{ x: x(Math.min(0.5, auc)), y: 4, width: Math.abs(x(auc - 0.5)), height: 10 }} className="bar-fill" />
        <path d={`M${x(0.5)} 1V${HEIGHT - 1}`} className="middle" />
        <path d={`M${x(interval.low)} 9H${x(interval.high)}`} className="interval" />
      </svg>
      <span>
        {auc.toFixed(2)}{' '}
        <span className="quiet">
          {interval.low.toFixed(2)}–{interval.high.toFixed(2)}
        </span>
      </span>
    </span>
  );
}
