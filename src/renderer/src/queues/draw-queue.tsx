import { Button, Group, NumberInput, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type JSX, type SubmitEvent } from 'react';
import type { SampleList } from '#shared/contract/samples.ts';
import { api, client } from '../api/client.ts';
import { useTotal } from '../gallery/use-samples.ts';
import { tellFault } from '../shell/notices.ts';
import { words } from '../ui/words.ts';
import { openQueue } from './open-queue.ts';

interface DrawQueueProps {
  /** From what it leaves is drawn. */
  readonly list: SampleList;
  /** That are taken. */
  readonly names: readonly string[];
}

/** Draws a queue of what the filters leave. */
export function DrawQueue({ list, names }: DrawQueueProps): JSX.Element {
  const total = useTotal(list) ?? 0;
  const [choice, setChoice] = useState<Choice>({ count: 200, seed: 7, balanced: true });
  const [written, setName] = useState<string>();
  const name = written ?? suggestName(names, choice.count);
  const isTaken = names.includes(name.trim());
  const queries = useQueryClient();
  const draw = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    try {
      const { id } = await client.queues.draw({ from: list, name, ...choice });
      await queries.invalidateQueries({ queryKey: api.queues.key() });
      await openQueue(list, id);
    } catch (cause) {
      tellFault(cause);
    }
  };
  return (
    <form className="queue" aria-label={words.queues.draw} onSubmit={(event) => void draw(event)}>
      <Stack gap={8}>
        <Text size="sm" fw={600}>
          {words.queues.draw}
        </Text>
        <Text size="xs" className="quiet">
          {words.queues.from(total)}
        </Text>
        <ChoiceFields choice={choice} onChange={setChoice} />
        <TextInput
          {...{ size: 'xs', label: words.queues.name, value: name, maxLength: 60 }}
          error={isTaken ? words.queues.taken : undefined}
          onChange={(event) => {
            setName(event.currentTarget.value);
          }}
        />
        <Button type="submit" size="xs" disabled={total === 0 || name.trim() === '' || isTaken}>
          {words.queues.drawAndRead}
        </Button>
      </Stack>
    </form>
  );
}

interface Choice {
  readonly count: number;
  readonly seed: number;
  readonly balanced: boolean;
}

interface ChoiceFieldsProps {
  readonly choice: Choice;
  readonly onChange: (choice: Choice) => void;
}

function ChoiceFields({ choice, onChange }: ChoiceFieldsProps): JSX.Element {
  const { count, seed, balanced } = choice;
  return (
    <>
      <Group gap={8} grow>
        <NumberInput
          {...{ size: 'xs', label: words.queues.count, value: count, min: 1, max: 100_000, allowDecimal: false }}
          onChange={(value) => {
            onChange({ ...choice, count: Number(value) || 1 });
          }}
        />
        <NumberInput
          {...{ size: 'xs', label: words.queues.seed, value: seed, min: 0, allowDecimal: false }}
          onChange={(value) => {
            onChange({ ...choice, seed: Number(value) || 0 });
          }}
        />
      </Group>
      <Switch
        {...{ size: 'xs', label: words.queues.balanced, checked: balanced }}
        onChange={(event) => {
          onChange({ ...choice, balanced: event.currentTarget.checked });
        }}
      />
    </>
  );
}

function suggestName(names: readonly string[], count: number): string {
  const first = words.queues.suggestion(count);
  const taken = new Set(names);
  let number = 2;
  let name = first;
  while (taken.has(name)) name = `${first} (${number++})`;
  return name;
}
