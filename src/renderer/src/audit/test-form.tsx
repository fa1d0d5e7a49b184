import { Button, Select, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type JSX } from 'react';
import type { JobRequest } from '#shared/contract/jobs.ts';
import { marksOfNothing } from '#shared/region-verdicts.ts';
import { api } from '../api/client.ts';
import type { AuditTabProps } from './audit-room.tsx';
import { useAudit } from './audit-state.ts';
import { auditWords } from './audit-words.ts';
import { nameSubject } from './name-subject.ts';
import { useTesting } from './use-testing.ts';

const words = auditWords.tests;
type Kind = keyof typeof words.kinds;

const kinds = Object.keys(words.kinds) as Kind[];

/** What is done, to which region, with which model. */
export function TestForm({ overview, list }: AuditTabProps): JSX.Element {
  const models = useQuery(api.models.list.queryOptions());
  const subjects = useQuery(api.audit.subjects.queryOptions({ input: { dataset: list.dataset } }));
  const [kind, setKind] = useState<Kind>('test-dataset');
  const [chosen, setChosen] = useState<string | null>(null);
  const [named, setModel] = useState<string | null>(null);
  const [split, setSplit] = useState('');
  const { start, isBusy } = useTesting();
  const there = (models.data ?? []).filter(({ isThere }) => isThere);
  const listed = overview.setups.find(({ id }) => id === list.attribution || id === list.prediction)?.modelId;
  const model = Number(named ?? (there.find(({ id }) => id === listed) ?? there[0])?.id ?? NaN);
  const regions = (subjects.data ?? []).filter(({ subject }) => fits(kind, subject));
  const subject =
    kind === 'nulls' ? marksOfNothing : (regions.find((one) => one.subject === chosen) ?? regions[0])?.subject;
  const splits = [
    ...new Set(overview.datasets.find(({ id }) => id === list.dataset)?.groups.map((group) => group.split)),
  ];
  const begin = async (): Promise<void> => {
    if (subject === undefined) return;
    const region = { dataset: list.dataset, model, subject, ...(split !== '' && { split }) };
    const begun = await start(describeRequest(kind, region));
    if (begun !== undefined) useAudit.getState().change({ run: undefined, live: { subject, model } });
  };
  return (
    <Stack gap="xs">
      <Select
        {...{ size: 'xs', label: words.kind, value: kind, allowDeselect: false }}
        data={kinds.map((value) => ({ value, label: words.kinds[value] }))}
        onChange={(value) => {
          if (value !== null) setKind(value as Kind);
        }}
      />
      {kind !== 'nulls' && (
        <Select
          {...{
            size: 'xs',
            label: auditWords.region,
            value: subject ?? null,
            allowDeselect: false,
            onChange: setChosen,
          }}
          data={regions.map((one) => ({
            value: one.subject,
            label: `${nameSubject(one.subject)}, ${one.pictures.toLocaleString('en')} pictures`,
          }))}
        />
      )}
      <Select
        {...{
          size: 'xs',
          label: words.model,
          value: Number.isNaN(model) ? null : String(model),
          allowDeselect: false,
          onChange: setModel,
        }}
        data={there.map(({ id, name }) => ({ value: String(id), label: name }))}
      />
      {splits.length > 1 && (
        <Select
          {...{ size: 'xs', label: words.split, value: split, allowDeselect: false }}
          data={[
            { value: '', label: words.allSplits },
            ...splits.filter((name) => name !== '').map((name) => ({ value: name, label: name })),
          ]}
          onChange={(value) => {
            setSplit(value ?? '');
          }}
        />
      )}
      <Button
        {...{ size: 'xs', disabled: isBusy || subject === undefined || Number.isNaN(model) }}
        onClick={() => void begin()}
      >
        {words.start}
      </Button>
    </Stack>
  );
}

/** Anatomy is a mask, what is pasted is no frame. */
function fits(kind: Kind, subject: string): boolean {
  if (kind === 'anatomy') return subject !== 'border' && !subject.startsWith('mark: ');
  return kind === 'test-dataset' || subject !== 'border';
}

type RegionRequest = Pick<Extract<JobRequest, { kind: 'anatomy' }>, 'dataset' | 'model' | 'subject' | 'split'>;

const describeRequest = (kind: Kind, region: RegionRequest): JobRequest =>
  kind === 'nulls' ? { kind: 'test-dataset', nulls: 1, ...region } : { kind, ...region };
