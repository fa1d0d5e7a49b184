import { Button, Group, Loader, Stack, Text, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type JSX } from 'react';
import type { ImportPlanView } from '#shared/contract/folders.ts';
import { api } from '../api/client.ts';
import { startJob } from '../jobs/use-jobs.ts';
import { words } from '../ui/words.ts';
import { useShell } from '../shell/shell-state.ts';
import { ClassTable } from './class-table.tsx';
import { useOpening } from './opening-state.ts';
import './opening.css';

/** What was recognised, before anything is written. */
export function ImportPlan({ folder }: { readonly folder: string }): JSX.Element {
  const [name, setName] = useState<string>();
  const look = useOpening((opening) => opening.look);
  const plan = useQuery(
    api.folders.plan.queryOptions({ input: { folder, ...(name && { name }) }, staleTime: 0, gcTime: 0 }),
  );
  const back = (): void => {
    look(undefined);
  };
  if (plan.isPending) {
    return (
      <Stack gap="sm">
        <Group gap="xs">
          <Loader size="xs" aria-label={words.loading} />
          <Text size="sm">{words.opening.looking}</Text>
        </Group>
        <Group>
          <Button {...{ size: 'xs', variant: 'default' }} onClick={back}>
            {words.opening.stop}
          </Button>
        </Group>
      </Stack>
    );
  }
  if (plan.isError) {
    return (
      <Stack gap="sm">
        <p className="fault" role="alert">
          {plan.error.message}
        </p>
        <Group>
          <Button {...{ size: 'xs', variant: 'default' }} onClick={back}>
            {words.opening.back}
          </Button>
        </Group>
      </Stack>
    );
  }
  return <Recognised plan={plan.data} onRename={setName} onBack={back} />;
}

interface RecognisedProps {
  readonly plan: ImportPlanView;
  readonly onRename: (name: string) => void;
  readonly onBack: () => void;
}

function Recognised({ plan, onRename, onBack }: RecognisedProps): JSX.Element {
  return (
    <Stack gap="sm" data-testid="plan">
      <Text size="sm">
        {words.opening.recognised} <strong>{plan.layout}</strong>. {plan.reason}
      </Text>
      {plan.tables.map((table) => (
        <ClassTable key={table.collection ?? ''} table={table} />
      ))}
      <ul className="sentences">
        {plan.sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      {plan.warnings.length > 0 && (
        <div className="warnings">
          <h3>{words.opening.warnings}</h3>
          <ul className="sentences">
            {plan.warnings.map((warning) => (
              <li key={warning}>{warning}</li>
            ))}
          </ul>
        </div>
      )}
      <Commit {...{ plan, onRename, onBack }} />
    </Stack>
  );
}

function Commit({ plan, onRename, onBack }: RecognisedProps): JSX.Element {
  const [name, setName] = useState(plan.name);
  const queries = useQueryClient();
  const opening = useOpening();
  const show = useShell((shell) => shell.show);
  const begin = async (): Promise<void> => {
    const id = await startJob(queries, { kind: 'import', folder: plan.folder, layout: plan.layout, name: plan.name });
    if (id === undefined) return;
    opening.await(plan.name);
    opening.look(undefined);
    show('jobs');
  };
  return (
    <>
      <TextInput
        {...{ size: 'sm', label: words.opening.name, value: name, error: plan.conflict }}
        onChange={(event) => {
          setName(event.currentTarget.value);
        }}
        onBlur={() => {
          if (name.trim() !== '' && name !== plan.name) onRename(name.trim());
        }}
      />
      {plan.isKnown && plan.conflict === undefined && <Text size="sm">{words.opening.known}</Text>}
      {plan.total === 0 && <p className="fault">{words.opening.empty}</p>}
      <Group gap="xs">
        <Button disabled={plan.total === 0 || plan.conflict !== undefined} onClick={() => void begin()}>
          {plan.isKnown ? words.opening.update : words.opening.import}
        </Button>
        <Button variant="default" onClick={onBack}>
          {words.opening.back}
        </Button>
      </Group>
    </>
  );
}
