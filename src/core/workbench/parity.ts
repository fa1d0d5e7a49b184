import { stat } from 'node:fs/promises';
import type { Engine } from '#core/engine/index.ts';
import type { ProviderChoice } from '#shared/providers.ts';
import { createProgress, type JobControl } from './job.ts';
import { loadCaseArray, loadParityCase } from './parity-case.ts';
import { compareConcepts } from './parity-concepts.ts';
import { compareConditions } from './parity-conditions.ts';
import { compareMaps } from './parity-maps.ts';
import type { MapParity } from './parity-run.ts';

export interface ParityRequest {
  /** Folders of reference cases; files among them, as `golden/*` names them, are passed over. */
  readonly folders: readonly string[];
  readonly provider?: ProviderChoice | undefined;
}

export interface CaseParity {
  readonly name: string;
  readonly maps: readonly MapParity[];
}

/** Computes every array of the cases again and compares. Throws `case/invalid` and the engine's errors. */
export async function checkParity(
  engine: Engine,
  { folders, provider = 'cpu' }: ParityRequest,
  control: JobControl,
): Promise<readonly CaseParity[]> {
  const cases = await Promise.all((await listFolders(folders)).map(loadParityCase));
  const counts = cases.map(({ maps, conditions, concepts }) => maps.length + conditions.length + concepts.length);
  const step = createProgress(
    counts.reduce((sum, count) => sum + count, 0),
    control,
  );
  const results: CaseParity[] = [];
  for (const parityCase of cases) {
    const run = { engine, parityCase, images: await loadCaseArray(parityCase, 'input'), provider, control, step };
    const maps = [...(await compareMaps(run)), ...(await compareConcepts(run)), ...(await compareConditions(run))];
    results.push({ name: parityCase.name, maps });
  }
  return results;
}

/** Leaves files out; what is not there at all is left in, to be reported. */
async function listFolders(paths: readonly string[]): Promise<readonly string[]> {
  const isFile = await Promise.all(paths.map(async (path) => (await stat(path).catch(() => undefined))?.isFile()));
  const folders = paths.filter((_, index) => !isFile[index]);
  return folders.length > 0 ? folders : paths;
}
