import { Group, Text } from '@mantine/core';
import { useDeferredValue, useMemo, type JSX } from 'react';
import { checkerFormula, computeCheckerPattern } from '#shared/checker-pattern.ts';
import { useStress } from '../robustness/stress-state.ts';
import { toggleShifts } from '../robustness/use-robustness-actions.ts';
import type { Explanation } from './explanation.ts';
import { lookAtSinglePixels } from './use-explain-actions.ts';

/** Networks that step by two pixels leave a pattern of single pixels in their maps: how strong it is, and a close look. */
export function CheckerRow({ explanation }: { readonly explanation: Explanation }): JSX.Element | null {
  // The picture and its map come first: this takes as long as a frame.
  const map = useDeferredValue(explanation.map, undefined);
  const averageShifts = useStress((state) => state.averageShifts);
  const strength = useMemo(() => (map ? computeCheckerPattern(map).total.value : undefined), [map]);
  if (strength === undefined) return null;
  return (
    <Group gap={8}>
      <Text size="xs" c="dark.1" title={checkerFormula} data-testid="checker">
        Checker pattern{averageShifts && ' of the averaged map'}{' '}
        {Number.isNaN(strength) ? 'none to measure' : `${(100 * strength).toFixed(0)}%`}
      </Text>
      <button type="button" className="quiet-button" onClick={lookAtSinglePixels}>
        Look at single pixels
      </button>
      <button type="button" className="quiet-button" aria-pressed={averageShifts} onClick={toggleShifts}>
        {averageShifts ? 'Mean over one-pixel shifts is on: take it off' : 'Mean over one-pixel shifts'}
      </button>
    </Group>
  );
}
