import { useState } from 'react';
import type { Explanation } from './explanation.ts';

/** The same list as long as nothing in it has changed: what is computed from it takes a while. */
export function useSteady<List extends readonly Explanation[]>(explanations: List): List {
  const mark = explanations.map(({ state, attribution }) => `${state} ${attribution?.arraySha256}`).join();
  const [kept, setKept] = useState({ mark, explanations });
  if (kept.mark === mark) return kept.explanations;
  setKept({ mark, explanations });
  return explanations;
}
