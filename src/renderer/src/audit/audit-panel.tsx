import './audit.css';
import { Button, Group, Select, Stack, Text } from '@mantine/core';
import type { JSX } from 'react';
import type { KeptCase } from '#shared/contract/audit-results.ts';
import { useActions } from '../actions/use-actions.ts';
import { useChoices } from '../choices.ts';
import { KeyCap } from '../explain/key-cap.tsx';
import type { Explaining } from '../explain/use-explaining.ts';
import { JobCard } from '../jobs/job-card.tsx';
import { useRooms } from '../rooms.ts';
import { AcceptFinding } from './accept-finding.tsx';
import { chooseSubject, useAudit } from './audit-state.ts';
import { auditWords as words } from './audit-words.ts';
import { EffectTable, FillTable } from './effect-table.tsx';
import { FillPreviews } from './fill-previews.tsx';
import { nameSubject, repeatable } from './name-subject.ts';
import { showPercent } from './show-number.ts';
import { usePictureAudit, type PictureAudit } from './use-picture-audit.ts';
import { useTesting } from './use-testing.ts';
import { VerdictGrid } from './verdict-grid.tsx';

interface AuditPanelProps {
  readonly explaining: Explaining;
  readonly dataset: number;
}

/** Beside the picture: takes a region out of it and says what that does to the answer. */
export function AuditPanel({ explaining, dataset }: AuditPanelProps): JSX.Element {
  const audit = usePictureAudit(explaining);
  const { sample, subject: { model } } = explaining; // prettier-ignore
  const testing = useTesting();
  const { subject, kept, kinds, fault } = audit;
  const test = (): void => {
    if (subject === undefined || testing.isBusy) return;
    const { composite } = explaining;
    void testing.start({ kind: 'test-region', sample: sample.id, model: model.id, subject, composite });
  };
  useActions([{ id: 'audit.test', title: words.test, scope: 'Explain', keys: ['Shift+T'], run: test }]);
  const { job } = testing;
  const isShown = job !== undefined && (testing.isBusy || job.state === 'failed' || job.state === 'cancelled');
  return (
    <aside className="panel audit-panel" aria-label={words.beside}>
      <Stack gap="sm">
        <PanelHead />
        <RegionChoice {...{ audit }} sample={sample.id} />
        <Group gap="xs">
          <Button
            {...{ size: 'xs', disabled: subject === undefined || testing.isBusy }}
            title={words.testing}
            onClick={test}
          >
            {words.test}
          </Button>
          <KeyCap name="Shift+T" />
          <Text size="xs" className="quiet">
            {model.name} · {explaining.composite}
          </Text>
        </Group>
        {model.fault !== undefined && <p className="fault">{model.fault}</p>}
        {fault !== undefined && <p className="fault">{fault}</p>}
        {isShown && <JobCard job={job} />}
        {kept ? (
          <Answer {...{ kept, kinds, dataset }} model={model.id} />
        ) : (
          <Text size="sm" className="quiet">
            {words.notTested}
          </Text>
        )}
      </Stack>
    </aside>
  );
}

function PanelHead(): JSX.Element {
  const change = useAudit((state) => state.change);
  return (
    <Group justify="space-between">
      <Text component="h2" size="lg" fw={600} m={0}>
        {words.title}
      </Text>
      <Button
        {...{ size: 'compact-xs', variant: 'subtle', color: 'gray' }}
        onClick={() => {
          change({ isBeside: false });
        }}
      >
        {words.reading} <KeyCap name="Q" />
      </Button>
    </Group>
  );
}

function RegionChoice({ audit, sample }: { readonly audit: PictureAudit; readonly sample: number }): JSX.Element {
  const { regions, subject, kinds } = audit;
  if (regions?.regions.length === 0) return <Text size="sm">{words.nothing}</Text>;
  return (
    <Select
      {...{ size: 'xs', label: words.region, value: subject ?? null, allowDeselect: false }}
      data={(regions?.regions ?? []).map((region) => ({
        value: region.subject,
        label: `${nameSubject(region.subject, kinds)}, ${showPercent(region.areaShare)}`,
      }))}
      onChange={(value) => {
        if (value !== null) chooseSubject(sample, value);
      }}
    />
  );
}

interface AnswerProps extends Pick<PictureAudit, 'kinds'> {
  readonly kept: KeptCase;
  readonly model: number;
  readonly dataset: number;
}

function Answer({ kept, kinds, model, dataset }: AnswerProps): JSX.Element {
  const { result, changes } = kept;
  const { previews, change } = useAudit();
  return (
    <Stack gap="sm" data-testid="answer">
      {changes.length > 0 && (
        <p className="warning" role="status">
          {words.stale(changes)}
        </p>
      )}
      <Text size="md" className="sentence">
        {result.sentence}
      </Text>
      <VerdictGrid result={result} />
      <EffectTable result={result} />
      <FillTable result={result} />
      <Button
        {...{ size: 'xs', w: 'fit-content', variant: 'default', 'aria-expanded': previews }}
        onClick={() => {
          change({ previews: !previews });
        }}
      >
        {previews ? words.hidePreviews : words.previews}
      </Button>
      {previews && <FillPreviews key={kept.id} kept={kept} />}
      <AcceptFinding audit={kept.id} dataset={dataset} />
      <RepeatButton subject={repeatable(kept.subject, kinds)} {...{ model, dataset }} />
      <Text size="xs" className="quiet">
        {describeProvenance(kept)}
      </Text>
    </Stack>
  );
}

function describeProvenance({ result, composite, origin, createdMs }: KeptCase): string {
  const { controls, removedPixels } = result;
  const within = controls.tolerance === null ? '' : `, distance within ${showPercent(controls.tolerance, 0)}`;
  const made = `${composite}, version ${origin.version} on ${origin.provider}, ${new Date(createdMs).toLocaleString('en-GB')}`;
  return `${removedPixels} pixels taken away; ${controls.count} controls (${controls.kind})${within}; ${made}.`;
}

interface RepeatProps {
  readonly subject: string | undefined;
  readonly model: number;
  readonly dataset: number;
}

function RepeatButton({ subject, model, dataset }: RepeatProps): JSX.Element | null {
  const { start } = useTesting();
  const change = useAudit((state) => state.change);
  const read = useChoices((choices) => choices.read);
  if (subject === undefined) return null;
  const repeat = async (): Promise<void> => {
    const begun = await start({ kind: 'test-dataset', dataset, model, subject });
    if (begun === undefined) return;
    change({ tab: 'tests', run: undefined, live: { subject, model } });
    useRooms.getState().go('audit');
    read(undefined);
  };
  return (
    <Button
      {...{ size: 'xs', w: 'fit-content', variant: 'default', title: words.repeating }}
      onClick={() => void repeat()}
    >
      {words.repeat(nameSubject(subject))}
    </Button>
  );
}
