import { Kbd, Text } from '@mantine/core';
import type { JSX } from 'react';
import { showKey } from '../actions/key.ts';
import type { ReviewContent } from './history.ts';
import type { OpenCase } from './judge.ts';
import { lookAgain, useSecondLooks, type SecondLookView } from './second-looks.ts';
import { VerdictButtons } from './verdict-buttons.tsx';
import { opinionLooks, verdictLooks } from './verdict-look.ts';

interface SecondLookProps {
  readonly open: OpenCase;
  /** As it was locked. */
  readonly review: ReviewContent;
}

/** What the reader said first, which stands, and what they say now that they know what the model says. */
export function SecondLook({ open, review }: SecondLookProps): JSX.Element {
  const looks = useSecondLooks(open);
  const { opinion, verdict = review.verdict } = looks.at(-1) ?? {};
  return (
    <>
      <Text size="xs" data-testid="locked">
        You said <b>{nameVerdict(review.verdict)}</b>
        {review.lockedMs !== undefined && `, locked ${new Date(review.lockedMs).toLocaleString()}`}
        {review.note !== '' && `: “${review.note}”`}
      </Text>
      <div className="opinions" role="group" aria-label="What you think of the model's answer">
        {opinionLooks.map((look) => (
          <button
            key={look.opinion}
            type="button"
            aria-pressed={opinion === look.opinion}
            onClick={() => void lookAgain(open, { opinion: look.opinion })}
          >
            {look.name} <Kbd size="xs">{showKey(look.key)}</Kbd>
          </button>
        ))}
      </div>
      <Text size="xs" className="quiet">
        Your verdict now, beside the first
      </Text>
      <VerdictButtons
        verdict={verdict}
        onChoose={(chosen) => {
          void lookAgain(open, { verdict: chosen });
        }}
      />
      {looks.length > 1 && <ChangesOfMind looks={looks} />}
    </>
  );
}

function ChangesOfMind({ looks }: { readonly looks: readonly SecondLookView[] }): JSX.Element {
  return (
    <Text size="xs" className="quiet" data-testid="changes-of-mind">
      {looks
        .map(({ opinion, verdict }) =>
          [nameOpinion(opinion), verdict && nameVerdict(verdict)].filter(Boolean).join(', '),
        )
        .join(' → ')}
    </Text>
  );
}

const nameVerdict = (verdict: ReviewContent['verdict']): string =>
  verdictLooks.find((look) => look.verdict === verdict)?.name ?? 'nothing';

const nameOpinion = (opinion: SecondLookView['opinion']): string | undefined =>
  opinionLooks.find((look) => look.opinion === opinion)?.name;
