import { Stack, Text } from '@mantine/core';
import type { JSX } from 'react';
import type { AuditRun } from '#shared/contract/audit-results.ts';
import { AcceptFinding } from './accept-finding.tsx';
import { AnatomyTable } from './anatomy-table.tsx';
import { auditWords } from './audit-words.ts';
import { CaseTable } from './case-table.tsx';
import { InsertionTable } from './insertion-table.tsx';
import { nameSubject } from './name-subject.ts';
import { RegionNumbers, type RegionResult } from './region-numbers.tsx';

interface RunViewProps {
  readonly run: AuditRun;
  readonly dataset: number;
}

/** What came of a run over the dataset, in a sentence and in numbers. */
export function RunView({ run, dataset }: RunViewProps): JSX.Element {
  const { id, kind, subject, model, changes, result, origin, createdMs } = run;
  const { region, anatomy, insertion, failures, sentence } = result;
  return (
    <Stack gap="sm" data-testid="run" data-kind={kind}>
      <Text component="h2" fw={600} size="md" m={0}>
        {nameSubject(subject)}
      </Text>
      {changes.length > 0 && <p className="warning">{auditWords.stale(changes)}</p>}
      {sentence !== undefined && <Text size="sm">{sentence}</Text>}
      {region && <RegionNumbers {...{ region, model, subject }} />}
      {anatomy && <AnatomyTable anatomy={anatomy} />}
      {insertion && <InsertionTable insertion={insertion} />}
      {failures.length > 0 && (
        <Text size="sm" className="wrong">
          {auditWords.tests.failures(failures.length)}: {failures[0]?.error.message}
        </Text>
      )}
      <AcceptFinding audit={id} dataset={dataset} />
      {region && region.marks.cases > 0 && (
        <CaseTable dataset={dataset} live={{ subject, model }} samples={listMarked(region)} />
      )}
      <Text size="xs" className="quiet">
        {[
          result.composite,
          `version ${origin.version} on ${origin.provider}`,
          new Date(createdMs).toLocaleString('en-GB'),
        ]
          .filter((part) => part !== undefined)
          .join(', ')}
      </Text>
    </Stack>
  );
}

const listMarked = ({ cases }: RegionResult): ReadonlySet<number> =>
  new Set(cases.flatMap(({ kind, sample }) => (kind === 'mark' ? [sample] : [])));
