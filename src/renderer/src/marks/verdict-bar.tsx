import { Button, Group, Kbd, Text } from '@mantine/core';
import type { JSX } from 'react';
import { blankReview, type CaseState, type ReviewContent } from './history.ts';
import { changeReview, type OpenCase } from './judge.ts';
import { useMarkScope } from './mark-scope.ts';
import { NoteField } from './note-field.tsx';
import { SecondLook } from './second-look.tsx';
import { useCase } from './session.ts';
import { finishCase } from './use-judging-actions.ts';
import { useOpenCases, type ListPlace } from './use-open-cases.ts';
import { useReader } from './use-reader.ts';
import { VerdictButtons } from './verdict-buttons.tsx';

/** What the reader thinks of the case: first alone, and where they read first, again once it is locked. */
export function VerdictBar(at: ListPlace): JSX.Element {
  const { sample } = at;
  const { reader } = useReader();
  const { reviews } = useCase(sample.id);
  const { on, notice } = useMarkScope();
  const open = { sample: sample.id, author: reader.name };
  const review = reviews.get(reader.name) ?? blankReview;
  const isShown = reader.readsFirst ? review.lockedMs !== undefined : true;
  return (
    <>
      <h2>Verdict</h2>
      {review.lockedMs === undefined ? <FirstLook {...{ at, open, review }} /> : <SecondLook {...{ open, review }} />}
      <OtherReaders reviews={reviews} reader={reader.name} isShown={isShown} />
      <CaseButtons {...{ at, open, review }} />
      {!on && notice !== undefined && (
        <Text size="xs" className="notice" role="status">
          {notice}
        </Text>
      )}
    </>
  );
}

interface LookProps {
  readonly open: OpenCase;
  readonly review: ReviewContent;
}

function FirstLook({ at, open, review }: LookProps & { readonly at: ListPlace }): JSX.Element {
  const { readsFirst, advances } = useReader().reader;
  const goToOpen = useOpenCases(at);
  const { verdict, note } = review;
  return (
    <>
      <VerdictButtons
        verdict={verdict}
        onChoose={(chosen) => {
          changeReview(open, { verdict: chosen === verdict ? undefined : chosen });
          if (chosen !== verdict && advances && !readsFirst) void goToOpen(open.author);
        }}
      />
      <NoteField
        key={`${open.sample} ${open.author}`}
        label="Note on the case"
        value={note}
        onWrite={(text) => {
          changeReview(open, { note: text });
        }}
      />
    </>
  );
}

function CaseButtons({ at, open, review }: LookProps & { readonly at: ListPlace }): JSX.Element {
  const { readsFirst } = useReader().reader;
  const goToOpen = useOpenCases(at);
  const next = (): void => {
    void goToOpen(open.author);
  };
  const isToLock = readsFirst && review.lockedMs === undefined;
  return (
    <Group gap={6} grow>
      <Button
        {...{ size: 'compact-xs', variant: 'default' }}
        onClick={() => {
          finishCase(open, { readsFirst, next });
        }}
      >
        {isToLock ? 'Lock' : 'Finish'} <Kbd size="xs">Ctrl Enter</Kbd>
      </Button>
      <Button {...{ size: 'compact-xs', variant: 'default', onClick: next }}>
        Next open <Kbd size="xs">N</Kbd>
      </Button>
    </Group>
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
