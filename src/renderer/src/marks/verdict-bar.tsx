import { Button, Group, Kbd, Text } from '@mantine/core';
import type { JSX } from 'react';
import type { Verdict } from '#shared/marks/verdict.ts';
import { blankReview, type CaseState } from './history.ts';
import { changeReview, type OpenCase } from './judge.ts';
import { useMarkScope } from './mark-scope.ts';
import { NoteField } from './note-field.tsx';
import { useCase } from './session.ts';
import { finishCase } from './use-judging-actions.ts';
import { useOpenCases, type ListPlace } from './use-open-cases.ts';
import { useReader } from './use-reader.ts';
import { verdictLooks } from './verdict-look.ts';

/** What the reader thinks of the case. */
export function VerdictBar(at: ListPlace): JSX.Element {
  const { sample } = at;
  const { reader } = useReader();
  const goToOpen = useOpenCases(at);
  const { reviews } = useCase(sample.id);
  const { on, notice } = useMarkScope();
  const open = { sample: sample.id, author: reader.name };
  const { verdict, note } = reviews.get(reader.name) ?? blankReview;
  const next = (): void => {
    void goToOpen(reader.name);
  };
  return (
    <>
      <h2>Verdict</h2>
      <Verdicts {...{ open, verdict }} onVerdict={reader.advances ? next : undefined} />
      <OtherReaders reviews={reviews} reader={reader.name} isShown={!reader.readsFirst || verdict !== undefined} />
      <NoteField
        key={`${sample.id} ${reader.name}`}
        label="Note on the case"
        value={note}
        onWrite={(text) => {
          changeReview(open, { note: text });
        }}
      />
      <Group gap={6} grow>
        <Button
          {...{ size: 'compact-xs', variant: 'default' }}
          onClick={() => {
            finishCase(open, next);
          }}
        >
          Finish <Kbd size="xs">Ctrl Enter</Kbd>
        </Button>
        <Button {...{ size: 'compact-xs', variant: 'default', onClick: next }}>
          Next open <Kbd size="xs">N</Kbd>
        </Button>
      </Group>
      {!on && notice !== undefined && (
        <Text size="xs" className="notice" role="status">
          {notice}
        </Text>
      )}
    </>
  );
}

interface VerdictsProps {
  readonly open: OpenCase;
  readonly verdict: Verdict | undefined;
  readonly onVerdict: (() => void) | undefined;
}

/** The chosen one again takes it back. */
function Verdicts({ open, verdict, onVerdict }: VerdictsProps): JSX.Element {
  return (
    <div className="verdicts" role="group" aria-label="Verdict">
      {verdictLooks.map((look) => (
        <button
          key={look.verdict}
          type="button"
          className={look.verdict}
          aria-pressed={verdict === look.verdict}
          onClick={() => {
            changeReview(open, { verdict: verdict === look.verdict ? undefined : look.verdict });
            if (verdict !== look.verdict) onVerdict?.();
          }}
        >
          {look.name} <Kbd size="xs">{look.key}</Kbd>
        </button>
      ))}
    </div>
  );
}

interface OtherReadersProps {
  readonly reviews: CaseState['reviews'];
  readonly reader: string;
  readonly isShown: boolean;
}

function OtherReaders({ reviews, reader, isShown }: OtherReadersProps): JSX.Element | null {
  const others = [...reviews].filter(([author, { verdict }]) => author !== reader && verdict !== undefined);
  if (!isShown || others.length === 0) return null;
  return (
    <Text size="xs" c="dark.1">
      {others.map(([author, { verdict }]) => `${author}: ${verdict ?? ''}`).join(' · ')}
    </Text>
  );
}
