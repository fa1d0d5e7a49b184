import { readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { loadNpy } from '#core/imaging/index.ts';
import { startLightbox, type Running } from './run-lightbox.ts';
import { createSmallWorld, size, type SmallWorld } from './small-world.ts';

let world: SmallWorld;
beforeAll(async () => {
  world = await createSmallWorld(1);
});
afterAll(() => world.remove());

/** Far more work than is ever waited for. */
function startLongRun(results: string): Running {
  const pictures = Array.from({ length: 5000 }, () => world.pictures[0] ?? '');
  const args = ['explain', ...pictures, '--model', world.modelPath, '--out', world.at(results), '-p', 'cpu'];
  const running = startLightbox(args);
  onTestFinished(() => void running.child.kill('SIGKILL'));
  return running;
}

/** Waits until results come in, so that what follows happens in the middle of the work. */
async function waitForResults(results: string): Promise<void> {
  while ((await world.list(world.at(results))).length < 8) await wait(20);
}

/** Every file there is whole, and none is a leftover of writing. */
async function expectWholeFiles(results: string): Promise<void> {
  const names = await world.list(world.at(results));
  const known = /^\d{4}-[\da-f]{8}\.EpsilonPlusFlat\.(heatmap\.png|overlay\.png|relevance\.npy|json)$/;
  expect(names.filter((name) => !known.test(name))).toEqual([]);
  for (const name of names) {
    const file = world.at(results, name);
    if (name.endsWith('.json')) expect(JSON.parse(await readFile(file, 'utf8'))).toHaveProperty('format');
    if (name.endsWith('.npy')) expect((await loadNpy(file)).shape).toEqual([3, size, size]);
  }
}

const isAlive = (processId: number): boolean => {
  try {
    return process.kill(processId, 0);
  } catch {
    return false;
  }
};

/** Linux tells which processes a process has started. */
const findEngine = async (host: number): Promise<number> =>
  Number((await readFile(`/proc/${host}/task/${host}/children`, 'utf8')).trim());

async function killEngine(host: number): Promise<void> {
  const engine = await findEngine(host).catch(() => 0);
  if (engine > 0 && isAlive(engine)) process.kill(engine, 'SIGKILL');
}

describe.skipIf(process.platform !== 'linux')('in the middle of the work', () => {
  test('Ctrl-C ends with 130 and one sentence, and leaves whole files and no process behind', async () => {
    const { child, finished } = startLongRun('cancelled');
    await waitForResults('cancelled');
    const engine = await findEngine(child.pid ?? 0);
    child.kill('SIGINT');
    const { code, stderr } = await finished;
    expect(code).toBe(130);
    expect(stderr).toMatch(/^lightbox: [^\n]+ \[job\/cancelled\]\n$/);
    await expectWholeFiles('cancelled');
    expect(isAlive(engine)).toBe(false);
  });

  test('an engine process that is killed while it computes is reported', async () => {
    const { child, finished } = startLongRun('killed');
    await waitForResults('killed');
    // One that has nothing to do is replaced without a word, so it is killed until it was busy.
    const killing = setInterval(() => void killEngine(child.pid ?? 0), 20);
    const { code, stderr } = await finished;
    clearInterval(killing);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^lightbox: [^\n]+ \[engine\/died\]\n$/);
    await expectWholeFiles('killed');
  });

  test('a command that is killed takes its engine with it', async () => {
    const { child, finished } = startLongRun('gone');
    await waitForResults('gone');
    const engine = await findEngine(child.pid ?? 0);
    child.kill('SIGKILL');
    await finished;
    while (isAlive(engine)) await wait(20);
  });
});
