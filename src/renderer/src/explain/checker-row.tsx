import { Group, Text } from '@mantine/core';
import { useMemo, type JSX } from 'react';
import { checkerFormula, computeCheckerPattern } from '#shared/checker-pattern.ts';
import type { Explanation } from './explanation.ts';
import { lookAtSinglePixels } from './use-explain-actions.ts';

/** Networks that step by two pixels leave a pattern of single pixels in their maps: how strong it is, and a close look. */
export function CheckerRow({ explanation: { map } }: { readonly explanation: Explanation }): JSX.Element | null {
  const strength = useMemo(() => (map ? computeCheckerPattern(map).total.value : undefined), [map]);
  if (strength === undefined) return null;
  return (
    <Group gap={8}>
      <Text size="xs" c="dark.1" title={checkerFormula} data-testid="checker">
        Checker pattern {Number.isNaN(strength) ? 'none to measure' : `${(100 * strength).toFixed(0)}%`}
      </Text>
      <button type="button" className="quiet-button" onClick={lookAtSinglePixels}>
        Look at single pixels
      </button>
    </Group>
  );
}
