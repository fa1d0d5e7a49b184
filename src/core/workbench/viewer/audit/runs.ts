import { createHash } from 'node:crypto';
import type { Audit, NewAudit, ReadonlyCatalog } from '#core/catalog/index.ts';
import { adjustTests, declaredThresholds } from '#core/audit/index.ts';
import { runKinds, runResultSchema, type AuditRun, type RunResult } from '#shared/contract/audit-results.ts';
import type { KeptRun } from './keep-run.ts';

interface RunRequest {
  readonly dataset: number;
  readonly model: number;
  readonly split?: string | undefined;
  readonly subject: string;
  readonly composite?: string | undefined;
}

/** What decides a run beside model and dataset. */
export function describeRunSettings(
  catalog: ReadonlyCatalog,
  { dataset, model, split, subject, composite }: RunRequest,
): object {
  const { sha256 } = catalog.models.get(model);
  return {
    ...{ model: sha256, split: split ?? null, composite: composite ?? null, thresholds: declaredThresholds },
    marks: hashMarks(catalog, dataset, subject),
  };
}

/** Of a kind of mark; null where the region is no mark. */
function hashMarks(catalog: ReadonlyCatalog, dataset: number, subject: string): string | null {
  const [, kind] = /^mark: (.*)$/.exec(subject) ?? [];
  if (kind === undefined) return null;
  const marks = catalog.marks.listOfDataset(dataset, kind).map(({ sampleId, shape }) => [sampleId, shape]);
  return createHash('sha256').update(JSON.stringify(marks)).digest('hex');
}

export function toAudit(catalog: ReadonlyCatalog, request: RunRequest, { kind, report, result }: KeptRun): NewAudit {
  const { dataset, model, subject } = request;
  const composite = 'composite' in report ? report.composite : undefined;
  const settings = describeRunSettings(catalog, { ...request, composite });
  return { kind, model, dataset, subject, settings, result, origin: report.origin };
}

/** The latest test of each region by a model that still holds: one family, adjusted together for all regions, classes and both scales. */
function adjustFamilies(runs: readonly AuditRun[]): AuditRun[] {
  const seen = new Set<string>();
  const family = runs.filter(({ model, subject, split, changes, result: { region } }) => {
    const key = JSON.stringify([model, subject, split]);
    const isLatest = region !== undefined && changes.length === 0 && !seen.has(key);
    if (isLatest) seen.add(key);
    return isLatest;
  });
  const adjusted = new Map<number, RunResult['region']>();
  for (const [, members] of Map.groupBy(family, ({ model }) => model)) {
    const effects = members.flatMap(({ id, result }) =>
      (result.region?.effects ?? []).map((effect) => ({ id, effect })),
    );
    const values = adjustTests(effects.flatMap(({ effect }) => [effect.logitP ?? undefined, effect.probabilityP ?? undefined])); // prettier-ignore
    const tests = values.filter((value) => value !== undefined).length;
    for (const { id, result } of members) {
      const own = effects.flatMap((one, index) => one.id !== id ? [] : [
        { ...one.effect, logitQ: values[2 * index] ?? null, probabilityQ: values[2 * index + 1] ?? null },
      ]); // prettier-ignore
      adjusted.set(id, result.region && { ...result.region, effects: own, tests });
    }
  }
  return runs.map((run) => ({ ...run, result: { ...run.result, region: adjusted.get(run.id) ?? run.result.region } }));
}

/** Runs over a dataset, the latest first; one that this version cannot read is passed over. */
export function listRuns(catalog: ReadonlyCatalog, dataset: number): AuditRun[] {
  const runs = catalog.snapshot(() =>
    runKinds.flatMap((kind) =>
      catalog.audits.listOfDataset({ dataset, kind }).flatMap((audit) => describeRun(catalog, audit, kind)),
    ),
  );
  return adjustFamilies(runs.toSorted((a, b) => b.id - a.id));
}

function describeRun(catalog: ReadonlyCatalog, audit: Audit, kind: AuditRun['kind']): AuditRun | [] {
  const known = runResultSchema.safeParse(audit.result);
  if (!known.success) return [];
  const { id, subject, model, createdMs, origin } = audit;
  const { split } = audit.settings as { readonly split: string | null };
  const result: RunResult = known.data;
  return {
    ...{ id, kind, subject, model, split, createdMs, origin: { ...origin }, result },
    changes: listRunChanges(catalog, audit),
  };
}

const reasons: Readonly<Record<string, string>> = {
  model: 'the model',
  marks: 'the marks',
  thresholds: 'the thresholds',
};

export function listRunChanges(catalog: ReadonlyCatalog, { dataset, model, subject, settings }: Audit): string[] {
  const then = settings as Readonly<Record<string, unknown>>;
  const now = describeRunSettings(catalog, { dataset, model, subject }) as Readonly<Record<string, unknown>>;
  return Object.keys(reasons).flatMap((name) =>
    JSON.stringify(sortFields(then[name])) === JSON.stringify(sortFields(now[name])) ? [] : [reasons[name] ?? name],
  );
}

const sortFields = (value: unknown): unknown =>
  value !== null && typeof value === 'object' ? Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)) : value;
