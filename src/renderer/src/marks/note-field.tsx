import { Textarea } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useState, type JSX } from 'react';

interface NoteFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onWrite: (text: string) => void;
}

const pauseMs = 600;
const longest = 4000;

/** A note, kept when its writer pauses or leaves. */
export function NoteField({ label, value, onWrite }: NoteFieldProps): JSX.Element {
  const [text, setText] = useState(value);
  const [known, setKnown] = useState(value);
  const write = useDebouncedCallback(onWrite, { delay: pauseMs, flushOnUnmount: true });
  if (known !== value) {
    // It was changed elsewhere: undone, or read from the catalog.
    setKnown(value);
    setText(value);
  }
  return (
    <Textarea
      {...{ size: 'xs', rows: 1, maxLength: longest, placeholder: label, classNames: { input: 'note-input' } }}
      aria-label={label}
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value);
        write(event.currentTarget.value);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') event.currentTarget.blur();
      }}
      onBlur={() => {
        write.flush();
      }}
    />
  );
}
