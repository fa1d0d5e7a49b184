import { Autocomplete, Button, Group, Select, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type JSX } from 'react';
import type { Overview } from '#shared/contract/overview.ts';
import type { SampleList } from '#shared/contract/samples.ts';
import { api, client } from '../api/client.ts';
import { startJob } from '../jobs/use-jobs.ts';
import { tell, tellFault } from '../shell/notices.ts';
import { useShell } from '../shell/shell-state.ts';
import { useModels } from '../models/use-models.ts';
import { words } from '../ui/words.ts';
import { useSelection } from './selection.ts';
import { useFacet } from './use-facet.ts';
import { withoutFilters } from './filters.ts';

interface SelectionBarProps {
  readonly overview: Overview;
  readonly list: SampleList;
}

/** What can be done with the selected samples. */
export function SelectionBar({ overview, list }: SelectionBarProps): JSX.Element | null {
  const { ids, clear } = useSelection();
  if (ids.size === 0) return null;
  return (
    <Group className="selection-bar" gap="sm" role="toolbar" aria-label={words.selection.count(ids.size)}>
      <Text size="sm" fw={600} data-testid="selected">
        {words.selection.count(ids.size)}
      </Text>
      <Tagging list={list} />
      <Computing overview={overview} list={list} />
      <Button {...{ size: 'xs', variant: 'subtle', color: 'gray' }} onClick={clear}>
        {words.selection.clear}
      </Button>
    </Group>
  );
}

function Tagging({ list }: { readonly list: SampleList }): JSX.Element {
  const [tag, setTag] = useState('');
  const queries = useQueryClient();
  const known = useFacet(withoutFilters(list), 'tag') ?? [];
  const put = async (how: 'tag' | 'untag'): Promise<void> => {
    try {
      const changed = await client.samples[how]({ tag, samples: [...useSelection.getState().ids] });
      tell(how === 'tag' ? words.selection.tagged(changed, tag) : words.selection.untagged(changed, tag));
      await queries.invalidateQueries({ queryKey: api.samples.key() });
    } catch (cause) {
      tellFault(cause);
    }
  };
  return (
    <Group gap={4}>
      <Autocomplete
        {...{ size: 'xs', w: 130, value: tag, maxLength: 60, placeholder: words.selection.tagName }}
        aria-label={words.selection.tagName}
        data={known.map(({ value }) => value)}
        onChange={setTag}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && tag.trim() !== '') void put('tag');
        }}
      />
      <Button {...{ size: 'xs', variant: 'default', disabled: tag.trim() === '' }} onClick={() => void put('tag')}>
        {words.selection.tag}
      </Button>
      <Button {...{ size: 'xs', variant: 'default', disabled: tag.trim() === '' }} onClick={() => void put('untag')}>
        {words.selection.untag}
      </Button>
    </Group>
  );
}

function Computing({ overview, list }: SelectionBarProps): JSX.Element {
  const models = useModels();
  const [chosen, setChosen] = useState<string | null>(null);
  const [composite, setComposite] = useState<string | null>(null);
  const queries = useQueryClient();
  const show = useShell((shell) => shell.show);
  const there = (models.data ?? []).filter(({ isThere }) => isThere);
  const shown = overview.setups.find(({ id }) => id === list.prediction)?.modelId;
  const model = chosen ?? String((there.find(({ id }) => id === shown) ?? there[0])?.id ?? '');
  if (models.isSuccess && there.length === 0) return <Text size="sm">{words.selection.noModels}</Text>;
  const start = async (kind: 'predict' | 'attribute'): Promise<void> => {
    const samples = [...useSelection.getState().ids];
    const request = { dataset: list.dataset, model: Number(model), samples };
    const attribute = { kind: 'attribute' as const, ...request, ...(composite !== null && { composite }) };
    const id = await startJob(queries, kind === 'predict' ? { kind, ...request } : attribute);
    if (id !== undefined) show('jobs');
  };
  return (
    <Group gap={4}>
      <Select
        {...{ size: 'xs', w: 190, value: model, allowDeselect: false }}
        aria-label={words.selection.model}
        data={there.map(({ id, name }) => ({ value: String(id), label: name }))}
        onChange={setChosen}
      />
      <Button {...{ size: 'xs', variant: 'default' }} onClick={() => void start('predict')}>
        {words.selection.predict}
      </Button>
      <Select
        {...{ size: 'xs', w: 170, value: composite, clearable: true, placeholder: words.selection.composite }}
        aria-label={words.selection.composite}
        data={overview.composites}
        onChange={setComposite}
      />
      <Button {...{ size: 'xs', variant: 'default' }} onClick={() => void start('attribute')}>
        {words.selection.explain}
      </Button>
    </Group>
  );
}
