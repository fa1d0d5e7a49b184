/**
 * Works on a study in a process of its own, which may be killed at any moment:
 * `node job-child.ts import|attribute|predict|concepts CATALOG DATASET-FOLDER [MODEL]`.
 * Says on standard output "ready" before the work begins, how far it is after each step, and "done".
 */
import path from 'node:path';
import { createWorkbench, type JobControl } from '#core/workbench/index.ts';
import { LightboxError } from '#shared/errors.ts';

const [, , work = '', catalog = '', folder = '', modelPath = ''] = process.argv;
const workbench = createWorkbench({ catalog, threads: 1 });
const say = (text: string): void => void process.stdout.write(`${text}\n`);
const control: JobControl = {
  onProgress: ({ done }) => {
    say(`step ${done}`);
  },
};
const request = { dataset: path.basename(folder), modelPath, provider: 'cpu', batchSize: 4 } as const;
const jobs: Readonly<Record<string, () => Promise<unknown>>> = {
  import: () => workbench.importDataset({ folder }, control),
  predict: () => workbench.predictDataset(request, control),
  concepts: () => workbench.findReferences({ ...request, layers: ['layer2.0.sum', 'fc'] }, control),
  attribute: () => workbench.attributeDataset({ ...request, composite: 'EpsilonPlus' }, control),
};

say('ready');
try {
  await jobs[work]?.();
  say('done');
} catch (cause) {
  const { code, message } = LightboxError.from(cause);
  say(`failed ${code} ${message}`);
} finally {
  await workbench.close();
}
