import { Switch, TextInput } from '@mantine/core';
import { useState, type JSX } from 'react';
import { authorSchema } from '#shared/marks/reader.ts';
import { useFolds } from '../ui/fold-state.ts';
import { useReader } from './use-reader.ts';

/** Who reads, and how. */
export function ReaderSettings(): JSX.Element {
  const { reader, change } = useReader();
  const isOpen = useFolds(({ open }) => open.reader);
  return (
    <details
      className="reader"
      open={isOpen}
      onToggle={(event) => {
        useFolds.getState().fold('reader', event.currentTarget.open);
      }}
    >
      <summary>{reader.name}</summary>
      <ReaderName
        key={reader.name}
        name={reader.name}
        onName={(name) => {
          change({ name });
        }}
      />
      <Switch
        {...{ size: 'xs', label: 'My reading first', checked: reader.readsFirst }}
        description="Classes and what models say stay hidden until you have locked a verdict, which then stands"
        onChange={(event) => {
          change({ readsFirst: event.currentTarget.checked });
        }}
      />
      <Switch
        {...{ size: 'xs', label: 'A verdict leads on', checked: reader.advances }}
        description="To the next case you have not judged"
        onChange={(event) => {
          change({ advances: event.currentTarget.checked });
        }}
      />
    </details>
  );
}

interface ReaderNameProps {
  readonly name: string;
  readonly onName: (name: string) => void;
}

function ReaderName({ name, onName }: ReaderNameProps): JSX.Element {
  const [text, setText] = useState(name);
  const checked = authorSchema.safeParse(text);
  const accept = (): void => {
    if (checked.success && checked.data !== name) onName(checked.data);
  };
  return (
    <TextInput
      {...{ size: 'xs', label: 'Reader', value: text }}
      description="Stands on your marks and verdicts"
      error={checked.success ? undefined : 'A name of 1 to 60 characters'}
      onChange={(event) => {
        setText(event.currentTarget.value);
      }}
      onBlur={accept}
      onKeyDown={(event) => {
        if (event.key === 'Enter') accept();
      }}
    />
  );
}
