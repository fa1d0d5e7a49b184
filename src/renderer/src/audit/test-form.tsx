import { Button, Select, Stack } from '@mantine/core';
import type { JSX } from 'react';
import type { AuditTabProps } from './audit-tab-props.ts';
import { useAudit } from './audit-state.ts';
import { words as generalWords } from '../ui/words.ts';
import { auditWords } from './audit-words.ts';
import { nameSubject } from './name-subject.ts';
import { useTestChoice, type TestChoice, type TestKind } from './use-test-choice.ts';
import { useTesting } from './use-testing.ts';

const words = auditWords.tests;
const kinds = Object.keys(words.kinds) as TestKind[];

/** What is done, to which region, with which model. */
export function TestForm(props: AuditTabProps): JSX.Element {
  const choice = useTestChoice(props);
  const { kind, models, model, splits, split, request, change } = choice;
  const { start, isBusy } = useTesting();
  const begin = async (): Promise<void> => {
    if (!request || (await start(request)) === undefined) return;
    useAudit.getState().change({ run: undefined, live: { subject: request.subject, model: request.model } });
  };
  return (
    <Stack gap="xs">
      <Select
        {...{ size: 'xs', label: words.kind, value: kind, allowDeselect: false }}
        data={kinds.map((value) => ({ value, label: words.kinds[value] }))}
        onChange={(value) => {
          change({ kind: value ?? kind });
        }}
      />
      {kind !== 'nulls' && <RegionSelect choice={choice} />}
      <Select
        {...{ size: 'xs', label: words.model, value: model === undefined ? null : String(model), allowDeselect: false }}
        data={models.map(({ id, name }) => ({ value: String(id), label: name }))}
        onChange={(value) => {
          change({ model: value });
        }}
      />
      {splits.length > 1 && (
        <Select
          {...{ size: 'xs', label: words.split, value: split, allowDeselect: false }}
          data={[{ value: '', label: words.allSplits }, ...splits.map((name) => ({ value: name, label: name }))]}
          onChange={(value) => {
            change({ split: value ?? '' });
          }}
        />
      )}
      <Button {...{ size: 'xs', disabled: isBusy || !request }} onClick={() => void begin()}>
        {words.start}
      </Button>
    </Stack>
  );
}

function RegionSelect({ choice: { regions, subject, change } }: { readonly choice: TestChoice }): JSX.Element {
  return (
    <Select
      {...{ size: 'xs', label: auditWords.region, value: subject ?? null, allowDeselect: false }}
      data={regions.map((one) => ({
        value: one.subject,
        label: `${nameSubject(one.subject)}, ${generalWords.list.pictures(one.pictures)}`,
      }))}
      onChange={(value) => {
        change({ subject: value });
      }}
    />
  );
}
