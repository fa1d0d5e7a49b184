import { Button, Group, NumberInput, Progress, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { JSX } from 'react';
import type { GroupingView } from '#shared/contract/groups.ts';
import { Choice } from '../gallery/choice.tsx';
import { changeJob } from '../jobs/use-jobs.ts';
import { useGroups } from './group-state.ts';
import { listRegionNames } from './point-colors.ts';
import type { GroupingPlace } from './use-grouping.ts';
import { groupWords } from './words.ts';

const counts = [2, 3, 4, 5, 6, 7, 8];
const auto = 'auto';
/** Fewer maps have no groups worth the name. */
export const FEWEST_MAPS = 12;

/** Of which class, how many groups, by what colored; and the button that computes, or how far that is. */
export function GroupToolbar({ place }: { readonly place: GroupingPlace }): JSX.Element {
  const { classes = [], chosen, view, job, find } = place;
  const { count, seed, change } = useGroups();
  return (
    <Group gap="xs" className="group-toolbar" wrap="wrap">
      <Choice
        {...{ label: groupWords.class, isNeeded: true, width: 190 }}
        value={chosen ? String(chosen.target) : null}
        data={classes.map(({ target, label, maps }) => ({
          value: String(target),
          label: groupWords.classOf(label, maps),
        }))}
        onChoose={(value) => {
          change({ target: value === null ? undefined : Number(value) });
        }}
      />
      <Choice
        {...{ label: groupWords.count, isNeeded: true, width: 124 }}
        value={String(count ?? auto)}
        data={[
          { value: auto, label: groupWords.byEigengap },
          ...counts.map((one) => ({ value: String(one), label: groupWords.groupsOf(one) })),
        ]}
        onChoose={(value) => {
          change({ count: value === null || value === auto ? undefined : Number(value) });
        }}
      />
      <NumberInput
        {...{
          size: 'xs',
          w: 84,
          prefix: 'seed ',
          min: 1,
          max: 9999,
          value: seed,
          allowDecimal: false,
          hideControls: true,
        }}
        aria-label={groupWords.seed}
        title={groupWords.seed}
        onChange={(value) => {
          if (Number.isInteger(value)) change({ seed: Number(value) });
        }}
      />
      {job ? <Running job={job} /> : <FindButton {...{ isFound: view !== undefined, maps: chosen?.maps ?? 0, find }} />}
      {view && <ColorPicker view={view} />}
    </Group>
  );
}

function ColorPicker({ view }: { readonly view: GroupingView }): JSX.Element {
  const { color, change } = useGroups();
  const title = (name: string): string => `${groupWords.color}: ${name}`;
  return (
    <Choice
      {...{ label: groupWords.color, isNeeded: true, width: 150, value: color }}
      data={[
        ...Object.entries(groupWords.colors).map(([value, label]) => ({ value, label: title(label) })),
        ...listRegionNames(view).map((region) => ({ value: region, label: title(region) })),
      ]}
      onChoose={(value) => {
        change({ color: value ?? 'group' });
      }}
    />
  );
}

interface FindButtonProps {
  readonly isFound: boolean;
  readonly maps: number;
  readonly find: () => void;
}

function FindButton({ isFound, maps, find }: FindButtonProps): JSX.Element {
  return (
    <Button
      {...{ size: 'xs', variant: isFound ? 'default' : 'filled', disabled: maps < FEWEST_MAPS || isFound }}
      onClick={find}
    >
      {groupWords.find}
    </Button>
  );
}

function Running({ job }: { readonly job: NonNullable<GroupingPlace['job']> }): JSX.Element {
  const queries = useQueryClient();
  const { done, total, label, title } = job;
  return (
    <Group gap="xs" wrap="nowrap" role="status">
      <Progress {...{ w: 140, size: 'sm', value: total === 0 ? 0 : (100 * done) / total }} aria-label={title} />
      <Text size="xs" className="quiet">
        {label}
      </Text>
      <Button {...{ size: 'compact-xs', variant: 'default' }} onClick={() => void changeJob(queries, 'cancel', job.id)}>
        {groupWords.cancel}
      </Button>
    </Group>
  );
}
