import { afterAll, expect, test } from 'vitest';
import { createWorkbench } from '#core/workbench/index.ts';
import { createSmallWorld } from '../cli/small-world.ts';

const world = await createSmallWorld(3);
const workbench = createWorkbench({ catalog: world.at('catalog.db') });
afterAll(async () => {
  await workbench.close();
  await world.remove();
});

const request = { modelPath: world.modelPath, pictures: world.pictures, provider: 'cpu' } as const;

test.each(['explain', 'explainConcepts'] as const)('after %s was cancelled the workbench goes on', async (name) => {
  const controller = new AbortController();
  const cancelled = workbench[name](
    { ...request, outputFolder: world.at(`${name}-cancelled`) },
    {
      signal: controller.signal,
      onProgress: ({ done }) => {
        if (done === 2) controller.abort();
      },
    },
  );
  await expect(cancelled).rejects.toMatchObject({ code: 'job/cancelled' });
  const outputFolder = world.at(`${name}-again`);
  await workbench[name]({ ...request, outputFolder });
  expect((await world.list(outputFolder)).filter((file) => file.endsWith('.json'))).toHaveLength(3);
});

test('a job that is cancelled does not end another', async () => {
  const controller = new AbortController();
  const other = workbench.explain(
    { ...request, outputFolder: world.at('other') },
    { signal: new AbortController().signal },
  );
  const cancelled = workbench.explain(
    { ...request, outputFolder: world.at('this') },
    {
      signal: controller.signal,
      onProgress: ({ done }) => {
        if (done === 1) controller.abort();
      },
    },
  );
  await expect(cancelled).rejects.toMatchObject({ code: 'job/cancelled' });
  expect((await other).explanations).toHaveLength(3);
});
