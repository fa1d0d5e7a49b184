import { Button, Group, Progress, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { JSX } from 'react';
import type { DatasetAudit } from '#shared/contract/dataset-audit.ts';
import type { SampleList } from '#shared/contract/samples.ts';
import { changeJob } from '../jobs/use-jobs.ts';
import './dataset-audit.css';
import { FeatureTable } from './feature-table.tsx';
import { MarkTable } from './mark-table.tsx';
import { TwinList } from './twin-list.tsx';
import { useAudit, type AuditPlace } from './use-audit.ts';
import { auditWords } from './words.ts';

/** What a dataset gives away: features that tell the label, twins, marks that go with it. */
export function DatasetAuditRoom({ list }: { readonly list: SampleList }): JSX.Element {
  const place = useAudit(list.dataset);
  const { audit, isLoading, fault } = place;
  return (
    <main className="audit-room" aria-label={auditWords.title}>
      <Head place={place} />
      {fault !== undefined && (
        <p role="alert" className="fault">
          {fault}
        </p>
      )}
      {audit ? (
        <>
          <Findings audit={audit} />
          {audit.classes.length > 0 ? <FeatureTable audit={audit} /> : <p className="quiet">{auditWords.noClasses}</p>}
          <TwinList audit={audit} list={list} />
          <MarkTable audit={audit} />
        </>
      ) : (
        !isLoading && <p className="quiet audit-teach">{auditWords.teach}</p>
      )}
    </main>
  );
}

function Head({ place }: { readonly place: AuditPlace }): JSX.Element {
  const { audit, isStale, job, run } = place;
  const queries = useQueryClient();
  return (
    <header className="audit-head">
      <h1>{auditWords.title}</h1>
      <Group gap="xs">
        {job ? (
          <Group gap="xs" role="status">
            <Progress
              {...{ w: 160, size: 'sm', value: job.total === 0 ? 0 : (100 * job.done) / job.total }}
              aria-label={job.title}
            />
            <Text size="xs" className="quiet">
              {job.label}
            </Text>
            <Button
              {...{ size: 'compact-xs', variant: 'default' }}
              onClick={() => void changeJob(queries, 'cancel', job.id)}
            >
              {auditWords.cancel}
            </Button>
          </Group>
        ) : (
          (!audit || isStale) && (
            <Button size="xs" onClick={run}>
              {audit ? auditWords.again : auditWords.run}
            </Button>
          )
        )}
        {audit && (
          <Text size="xs" className="quiet">
            {describe(audit)} {isStale && auditWords.stale}
          </Text>
        )}
      </Group>
    </header>
  );
}

const describe = ({ pictures, unit, leftOut: { copies, unlabelled, unmeasured } }: DatasetAudit): string =>
  `${auditWords.pictures(pictures, unit)}; ${auditWords.leftOut(copies, unlabelled, unmeasured)}.`;

function Findings({ audit: { findings } }: { readonly audit: DatasetAudit }): JSX.Element {
  return (
    <section className="audit-part">
      <h2>{auditWords.findings}</h2>
      {findings.length === 0 && <p className="quiet">{auditWords.nothing}</p>}
      {findings.map((finding) => (
        <p key={finding} className="warning">
          {finding}
        </p>
      ))}
    </section>
  );
}
