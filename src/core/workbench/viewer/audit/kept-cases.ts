import type { Audit, Model, ReadonlyCatalog, Sample } from '#core/catalog/index.ts';
import type { InputRecipe } from '#core/imaging/index.ts';
import { declaredThresholds } from '#core/audit/index.ts';
import { caseResultSchema, type KeptCase, type RunCase } from '#shared/contract/audit-results.ts';
import { defaultControls, findChanges, type CaseSettings } from '../../audit/case-settings.ts';
import { findBasis } from '../../audit/tested-region.ts';

/** What tests are compared with to know whether they still hold. */
export interface PresentFacts {
  readonly model: Pick<Model, 'sha256'>;
  readonly recipe: InputRecipe | undefined;
  /** As asked now; undefined where any will do. */
  readonly composite: string | undefined;
}

/** The latest test of each region of a picture, of the model asked about where there is one. */
export function readKeptCases(
  catalog: ReadonlyCatalog,
  { sample, model }: { readonly sample: Sample; readonly model: Model },
  facts: PresentFacts,
): KeptCase[] {
  const all = catalog.audits.listOfSample(sample.id).filter(({ kind }) => kind === 'case');
  const subjects = [...new Set(all.map(({ subject }) => subject))];
  return subjects.flatMap((subject) => {
    const own = all.filter((audit) => audit.subject === subject);
    const audit = own.find((one) => one.model === model.id) ?? own[0];
    return audit ? describeKept(audit, listCaseChanges(catalog, { audit, sample }, facts)) : [];
  });
}

/** What has changed since a picture's region was tested, in words. */
export function listCaseChanges(
  catalog: ReadonlyCatalog,
  { audit, sample }: { readonly audit: Audit; readonly sample: Sample },
  { model, recipe, composite }: PresentFacts,
): string[] {
  const basis = isOfNothing(audit) ? {} : { basis: findBasis(catalog, sample.id, audit.subject) };
  return [
    ...findChanges(audit.settings as CaseSettings, {
      ...{ picture: sample.contentSha256 ?? '', ...basis, model: model.sha256, ...(recipe && { input: recipe }) },
      ...(composite !== undefined && { composite }),
      ...{ controls: defaultControls, thresholds: declaredThresholds },
    }),
  ];
}

const isOfNothing = ({ subject }: Audit): boolean => subject.startsWith('mark of nothing ');

/** One that this version cannot read is passed over. */
function describeKept(audit: Audit, changes: string[]): KeptCase | [] {
  const { origin } = audit;
  const described = describeCase(audit);
  return described ? { ...described, changes, origin: { ...origin } } : [];
}

function describeCase({ id, subject, model, createdMs, settings, result, sample }: Audit): RunCase | undefined {
  const known = caseResultSchema.safeParse(result).data;
  if (!known || sample === undefined) return undefined;
  const { composite } = settings as CaseSettings;
  return { id, sample, subject, model, composite, createdMs, result: known };
}

/** Cases that are shown; all are counted. */
const mostCases = 500;

/** Tests of one region on the pictures of a dataset, the latest first. */
export function listRunCases(
  catalog: ReadonlyCatalog,
  request: { readonly dataset: number; readonly model: number; readonly subject: string },
): { readonly total: number; readonly cases: RunCase[] } {
  const scope = { ...request, kind: 'case' };
  return catalog.snapshot(() => ({
    total: catalog.audits.countOfDataset(scope),
    cases: catalog.audits.listOfDataset(scope, mostCases).flatMap((audit) => {
      const described = describeCase(audit);
      return described ? [{ ...described, label: catalog.samples.get(described.sample).label }] : [];
    }),
  }));
}
