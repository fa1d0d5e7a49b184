import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { JobRequest } from '#shared/contract/jobs.ts';
import { marksOfNothing } from '#shared/region-verdicts.ts';
import { api } from '../api/client.ts';
import type { AuditTabProps } from './audit-tab-props.ts';
import { useAudit } from './audit-state.ts';
import { useModels } from '../models/use-models.ts';
import type { auditWords } from './audit-words.ts';

export type TestKind = keyof typeof auditWords.tests.kinds;

interface Chosen {
  readonly kind: TestKind;
  readonly subject: string | null;
  readonly model: string | null;
  /** '' for all. */
  readonly split: string;
}

/** What can be chosen for a test over a dataset, and what is. */
export interface TestChoice extends Pick<Chosen, 'kind' | 'split'> {
  readonly regions: readonly { readonly subject: string; readonly pictures: number }[];
  readonly subject: string | undefined;
  readonly models: readonly { readonly id: number; readonly name: string }[];
  readonly model: number | undefined;
  readonly splits: readonly string[];
  /** Undefined as long as something is missing. */
  readonly request: Extract<JobRequest, { kind: 'test-dataset' | 'anatomy' | 'insertion' }> | undefined;
  readonly change: (part: Partial<Chosen>) => void;
}

export function useTestChoice({ overview, list }: AuditTabProps): TestChoice {
  const [chosen, setChosen] = useState<Chosen>({ kind: 'test-dataset', subject: null, model: null, split: '' });
  const models = (useModels().data ?? []).filter(({ isThere }) => isThere);
  const subjects = useQuery(api.audit.subjects.queryOptions({ input: { dataset: list.dataset } })).data ?? [];
  const { kind, split } = chosen;
  const listed = overview.setups.find(({ id }) => id === (list.attribution ?? list.prediction))?.modelId;
  const known = [Number(chosen.model ?? NaN), listed, models[0]?.id];
  const model = known.find((id) => models.some((one) => one.id === id));
  const regions = subjects.filter((one) => fits(kind, one.subject));
  const last = useAudit((audit) => audit.subject);
  const wanted = [chosen.subject, last, regions[0]?.subject];
  const region = wanted.find((name) => regions.some((one) => one.subject === name)) ?? undefined;
  const subject = kind === 'nulls' ? marksOfNothing : region;
  const groups = overview.datasets.find(({ id }) => id === list.dataset)?.groups ?? [];
  return {
    ...{ kind, split, regions, subject, models, model },
    splits: [...new Set(groups.map((group) => group.split))].filter((name) => name !== ''),
    request: describeRequest({ kind, split, subject, model, dataset: list.dataset }),
    change: (part) => {
      setChosen((before) => ({ ...before, ...part }));
    },
  };
}

/** Anatomy is a mask, what is pasted is no frame. */
function fits(kind: TestKind, subject: string): boolean {
  if (kind === 'anatomy') return subject !== 'border' && !subject.startsWith('mark: ');
  return kind === 'test-dataset' || subject !== 'border';
}

type RequestParts = Pick<TestChoice, 'kind' | 'split' | 'subject' | 'model'> & { readonly dataset: number };

function describeRequest({ kind, split, subject, model, dataset }: RequestParts): TestChoice['request'] {
  if (subject === undefined || model === undefined) return undefined;
  const region = { dataset, model, subject, ...(split !== '' && { split }) };
  return kind === 'nulls' ? { kind: 'test-dataset', nulls: 1, ...region } : { kind, ...region };
}
