import type { CompositeName } from '#shared/composite-names.ts';
import type { AttributionView } from '#shared/contract/samples.ts';
import type { RelevanceMap } from '../reading/load-map.ts';

/** A heatmap on its way to the screen. */
export interface Explanation {
  readonly composite: CompositeName;
  readonly attribution: AttributionView | undefined;
  readonly map: RelevanceMap | undefined;
  /** `idle`: neither known nor asked for. */
  readonly state: 'idle' | 'computing' | 'here' | 'fault';
  readonly fault: string | undefined;
  readonly ask: () => void;
  readonly cancel: () => void;
}

interface Asked {
  readonly error: Error | null;
  readonly isFetching: boolean;
}

/** How far several questions are that follow one another; the last one's answer is what counts. */
export function describeProgress(questions: readonly Asked[], isHere: boolean): Pick<Explanation, 'state' | 'fault'> {
  const failed = questions.find(({ error }) => error !== null);
  if (failed) return { state: 'fault', fault: failed.error?.message };
  if (isHere) return { state: 'here', fault: undefined };
  return { state: questions.some(({ isFetching }) => isFetching) ? 'computing' : 'idle', fault: undefined };
}
