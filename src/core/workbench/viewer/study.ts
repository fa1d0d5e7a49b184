import { implement, type Router } from '@orpc/server';
import { studyContract, type AgreementView } from '#shared/contract/study.ts';
import type { ReaderAgreement } from '../study/compare-readers.ts';
import { exportStudy } from '../study/export-study.ts';
import { importStudy } from '../study/import-study.ts';
import { computeAgreement, mergeStudies } from '../study/merge-studies.ts';
import { answering } from './answering.ts';
import type { ViewerPlace } from './viewer-place.ts';

export function createStudyRouter({ read, write }: ViewerPlace): Router<typeof studyContract, object> {
  const os = implement(studyContract);
  return os.router({
    export: os.export.handler(({ input: { dataset, file, pictures }, signal }) =>
      answering(async () => {
        const { name } = read().datasets.get(dataset);
        const report = await exportStudy(await write(), { dataset: name, pictures, outputFile: file }, { signal });
        return { ...report, warnings: [...report.warnings] };
      }),
    ),
    import: os.import.handler(({ input, signal }) =>
      answering(async () => importStudy(await write(), input, { signal })),
    ),
    compare: os.compare.handler(({ input }) => answering(async () => describeAgreement(await computeAgreement(input)))),
    merge: os.merge.handler(({ input: { file, ...pair } }) =>
      answering(() => mergeStudies({ ...pair, outputFile: file })),
    ),
  });
}

function describeAgreement({ readers, cases, kappa, kinds, differing }: ReaderAgreement): AgreementView {
  const { interval } = kappa;
  return {
    readers: [readers[0], readers[1]],
    cases,
    ...(!Number.isNaN(kappa.kappa) && { kappa: { value: kappa.kappa, low: interval?.low, high: interval?.high } }),
    kinds: kinds.map(({ kind, cases: marked, meanDice }) => ({ kind, cases: marked, meanDice })),
    differing: differing.map(({ contentSha256, reason, verdicts: [first, second], dice }) => ({
      ...{ contentSha256, reason, verdicts: [first, second] satisfies AgreementView['differing'][number]['verdicts'] },
      leastDice: Math.min(1, ...Object.values(dice)),
    })),
  };
}
