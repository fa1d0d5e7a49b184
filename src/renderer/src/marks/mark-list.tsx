import { Button, Group, Kbd, Text } from '@mantine/core';
import type { JSX } from 'react';
import { useChoices } from '../choices.ts';
import { copyMark, deleteMark, updateMark, type MarkedPicture } from './edit-marks.ts';
import { boundsOf } from './edit-shape.ts';
import type { MarkContent, MarkKey } from './history.ts';
import { lookOf } from './kind-look.ts';
import { atRest, useMarkScope } from './mark-scope.ts';
import { NoteField } from './note-field.tsx';
import { useCase } from './session.ts';

interface MarkListProps {
  readonly sample: MarkedPicture;
  readonly place: number;
}

/** The marks of the case; a click selects. */
export function MarkList({ sample, place }: MarkListProps): JSX.Element {
  const { marks } = useCase(sample.id);
  const { selected } = useMarkScope();
  if (marks.size === 0) {
    return (
      <Text size="xs" c="dark.1">
        Nothing is marked. <Kbd size="xs">G</Kbd> begins: choose what it is by a digit, then draw around it.
      </Text>
    );
  }
  return (
    <ol className="mark-list" aria-label="Marks of this case">
      {[...marks].map(([key, mark]) => (
        <li key={key} className={key === selected ? 'selected' : ''}>
          <MarkRow {...{ sample, mark }} markKey={key} isSelected={key === selected} />
          {key === selected && <SelectedMark {...{ sample, mark, place }} markKey={key} />}
        </li>
      ))}
    </ol>
  );
}

interface MarkRowProps {
  readonly sample: MarkedPicture;
  readonly mark: MarkContent;
  readonly markKey: MarkKey;
}

function MarkRow({ sample, mark, markKey, isSelected }: MarkRowProps & { readonly isSelected: boolean }): JSX.Element {
  const { name, color } = lookOf(mark.kind);
  const { width, height } = boundsOf(mark.shape);
  const size = `${width.toFixed(0)} × ${height.toFixed(0)} px`;
  return (
    <div className="mark-row">
      <button
        type="button"
        aria-pressed={isSelected}
        onClick={() => {
          useMarkScope.getState().change({ ...atRest, on: true, tool: 'select', selected: markKey });
        }}
      >
        <i className="swatch" style={{ background: color }} />
        <span>{name}</span>
        <span className="facts">
          {mark.shape.form}, {size} · {mark.author}
        </span>
        {!isSelected && mark.note !== '' && <span className="facts note">{mark.note}</span>}
      </button>
      <button
        type="button"
        className="delete"
        aria-label={`Delete ${name}, ${mark.shape.form}, ${size}`}
        onClick={() => {
          deleteMark(sample, markKey);
        }}
      >
        ×
      </button>
    </div>
  );
}

function SelectedMark({ sample, mark, markKey, place }: MarkRowProps & { readonly place: number }): JSX.Element {
  const read = useChoices((choices) => choices.read);
  return (
    <>
      <NoteField
        label="Note on the mark"
        value={mark.note}
        onWrite={(note) => {
          updateMark(sample, markKey, { note });
        }}
      />
      <Group gap={6} mt={6}>
        <Button
          {...{ size: 'compact-xs', variant: 'default' }}
          onClick={() => {
            copyMark(sample);
          }}
        >
          Copy <Kbd size="xs">Ctrl C</Kbd>
        </Button>
        <Button
          {...{ size: 'compact-xs', variant: 'default' }}
          onClick={() => {
            copyMark(sample);
            useMarkScope.getState().change({ pastesNext: true });
            read(place + 1);
          }}
        >
          Copy to next picture
        </Button>
      </Group>
    </>
  );
}
