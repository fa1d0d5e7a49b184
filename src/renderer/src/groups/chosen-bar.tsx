import { Button, Group, Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type JSX } from 'react';
import type { SampleList } from '#shared/contract/samples.ts';
import { api, client } from '../api/client.ts';
import { tell, tellFault } from '../shell/notices.ts';
import { useGroups } from './group-state.ts';
import { showChosen } from './show-chosen.ts';
import { groupWords } from './words.ts';

/** What can be done with the maps that were chosen: look at them in the gallery, or tag all, asked once more. */
export function ChosenBar({ list }: { readonly list: SampleList }): JSX.Element {
  const { chosen, choose } = useGroups();
  const isEmpty = chosen.size === 0;
  return (
    <Group gap="xs" className="chosen-bar" role="toolbar" aria-label={groupWords.chosen(chosen.size)}>
      <Text size="sm" fw={600} data-testid="chosen" aria-live="polite">
        {groupWords.chosen(chosen.size)}
      </Text>
      {isEmpty ? (
        <Text size="xs" className="quiet">
          {groupWords.hint}
        </Text>
      ) : (
        <>
          <Button
            {...{ size: 'compact-sm', variant: 'default' }}
            onClick={() => {
              showChosen(list);
            }}
          >
            {groupWords.show} <kbd>↵</kbd>
          </Button>
          <Tagging />
          <Button
            {...{ size: 'compact-sm', variant: 'subtle', color: 'gray' }}
            onClick={() => {
              choose([], false);
            }}
          >
            {groupWords.clear}
          </Button>
        </>
      )}
    </Group>
  );
}

function Tagging(): JSX.Element {
  const [tag, setTag] = useState('');
  const [isAsked, setAsked] = useState(false);
  const queries = useQueryClient();
  const chosen = useGroups((groups) => groups.chosen);
  const put = async (): Promise<void> => {
    setAsked(false);
    try {
      tell(groupWords.tagged(await client.samples.tag({ tag, samples: [...chosen] }), tag));
      setTag('');
      await queries.invalidateQueries({ queryKey: api.samples.key() });
    } catch (cause) {
      tellFault(cause);
    }
  };
  if (isAsked)
    return (
      <Confirming
        text={groupWords.confirm(chosen.size, tag)}
        onYes={() => void put()}
        onNo={() => {
          setAsked(false);
        }}
      />
    );
  const ask = (): void => {
    if (tag.trim() !== '') setAsked(true);
  };
  return (
    <Group gap={4}>
      <TextInput
        {...{ size: 'xs', w: 140, value: tag, maxLength: 60, placeholder: groupWords.tagName }}
        aria-label={groupWords.tagName}
        onChange={(event) => {
          setTag(event.currentTarget.value);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') ask();
        }}
      />
      <Button {...{ size: 'compact-sm', variant: 'default', disabled: tag.trim() === '' }} onClick={ask}>
        {groupWords.tag}
      </Button>
    </Group>
  );
}

interface ConfirmingProps {
  readonly text: string;
  readonly onYes: () => void;
  readonly onNo: () => void;
}

function Confirming({ text, onYes, onNo }: ConfirmingProps): JSX.Element {
  return (
    <Group gap={6} role="group" aria-label={text}>
      <Text size="sm">{text}</Text>
      <Button {...{ size: 'compact-sm' }} autoFocus onClick={onYes}>
        {groupWords.yes}
      </Button>
      <Button {...{ size: 'compact-sm', variant: 'default' }} onClick={onNo}>
        {groupWords.no}
      </Button>
    </Group>
  );
}
