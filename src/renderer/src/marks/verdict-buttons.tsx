import { Kbd } from '@mantine/core';
import type { JSX } from 'react';
import type { Verdict } from '#shared/marks/verdict.ts';
import { verdictLooks } from './verdict-look.ts';

interface VerdictButtonsProps {
  readonly verdict: Verdict | undefined;
  readonly onChoose: (verdict: Verdict) => void;
}

export function VerdictButtons({ verdict, onChoose }: VerdictButtonsProps): JSX.Element {
  return (
    <div className="verdicts" role="group" aria-label="Verdict">
      {verdictLooks.map((look) => (
        <button
          key={look.verdict}
          type="button"
          className={look.verdict}
          aria-pressed={verdict === look.verdict}
          onClick={() => {
            onChoose(look.verdict);
          }}
        >
          {look.name} <Kbd size="xs">{look.key}</Kbd>
        </button>
      ))}
    </div>
  );
}
