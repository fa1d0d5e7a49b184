import { implement, type Router } from '@orpc/server';
import { auditContract } from '#shared/contract/audit.ts';
import { answering } from '../answering.ts';
import { createModelFiles } from '../explain/model-files.ts';
import type { ViewerPlace } from '../viewer-place.ts';
import { listFindings } from './audit-findings.ts';
import { listRunCases, readKeptCases } from './kept-cases.ts';
import { readGroups, readLedger } from './ledger-view.ts';
import { countSubjects, findRecipe, readPictureRegions } from './read-regions.ts';
import { listRuns } from './runs.ts';

export function createAuditRouter({ read, write }: ViewerPlace): Router<typeof auditContract, object> {
  const os = implement(auditContract);
  const files = createModelFiles();
  return os.router({
    regions: os.regions.handler(({ input }) => answering(() => readPictureRegions({ catalog: read(), files }, input))),
    kept: os.kept.handler(({ input: { sample, model: id, composite } }) =>
      answering(async () => {
        const catalog = read();
        const model = catalog.models.get(id);
        const recipe = await findRecipe({ catalog, files }, model).catch(() => undefined);
        return readKeptCases(catalog, { sample: catalog.samples.get(sample), model }, { model, recipe, composite });
      }),
    ),
    subjects: os.subjects.handler(({ input }) => answering(() => countSubjects(read(), input.dataset))),
    cases: os.cases.handler(({ input }) => answering(() => listRunCases(read(), input))),
    runs: os.runs.handler(({ input }) => answering(() => listRuns(read(), input.dataset))),
    ledger: os.ledger.handler(({ input }) => answering(() => readLedger(read(), input))),
    groups: os.groups.handler(({ input }) => answering(() => readGroups(read(), input))),
    findings: {
      list: os.findings.list.handler(({ input }) => answering(() => listFindings(read(), input.dataset))),
      put: os.findings.put.handler(({ input }) =>
        answering(async () => {
          (await write()).findings.put(input);
        }),
      ),
      delete: os.findings.delete.handler(({ input }) =>
        answering(async () => {
          (await write()).findings.delete(input.audit);
        }),
      ),
    },
  });
}
