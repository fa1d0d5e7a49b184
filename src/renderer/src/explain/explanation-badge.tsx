import { useQuery } from '@tanstack/react-query';
import { useEffect, useState, type JSX } from 'react';
import type { SampleView } from '#shared/contract/samples.ts';
import { api } from '../api/client.ts';
import type { Explanation } from './explanation.ts';

interface BadgeProps {
  readonly explanation: Explanation;
  readonly sample: SampleView;
  /** Over a picture: what is here needs no words. */
  readonly isShort?: boolean;
}

/** Where a heatmap is: in the catalog, being computed (how far, and a way to stop it), not computed, or why it cannot be. */
export function ExplanationBadge({ explanation, sample, isShort }: BadgeProps): JSX.Element | null {
  const { state, fault, ask, cancel } = explanation;
  if (state === 'here') {
    return (
      <span className="result-badge" data-state="here" title="in the catalog">
        {isShort ? '\u2713' : 'In the catalog'}
      </span>
    );
  }
  if (state === 'computing') return <Computing sample={sample} cancel={cancel} />;
  return (
    <>
      {state === 'fault' ? (
        <span className="fault" role="alert">
          {fault}
        </span>
      ) : (
        <span className="result-badge">{isShort ? 'not computed' : 'Not computed'}</span>
      )}
      <button type="button" className="quiet-button" onClick={ask}>
        {state === 'fault' ? 'Try again' : 'Compute'}
      </button>
    </>
  );
}

/** What is there at once is not worth a word. */
const quietMs = 250;

function Computing({
  sample,
  cancel,
}: {
  readonly sample: SampleView;
  readonly cancel: () => void;
}): JSX.Element | null {
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => {
      setLong(true);
    }, quietMs);
    return () => {
      clearTimeout(timer);
    };
  }, []);
  const working = useQuery({ ...api.explain.working.queryOptions({ refetchInterval: 500 }), enabled: isLong });
  if (!isLong) return null;
  const { running, waiting = 0 } = working.data ?? {};
  const isOurs = running?.sample === sample.id;
  return (
    <>
      <span className="result-badge" role="status">
        {running
          ? `${isOurs ? '' : 'another picture first: '}${running.step}, ${running.seconds.toFixed(0)} s`
          : 'computing'}
        {waiting > 0 && `, ${waiting} waiting`}
      </span>
      <button type="button" className="quiet-button" onClick={cancel}>
        Cancel
      </button>
    </>
  );
}
