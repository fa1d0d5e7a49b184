import type { Engine, OpenedModel } from '#core/engine/index.ts';
import { createComposite, isCompositeName, type Composite } from '#core/relevance/index.ts';
import { LightboxError } from '#shared/errors.ts';
import type { ProviderChoice } from '#shared/providers.ts';
import { sumOverColor } from '#shared/render-heatmap.ts';
import { measureDistance, type Distance } from './distance.ts';
import { createProgress, throwIfCancelled, type JobControl } from './job.ts';
import { loadCaseArray, loadParityCase, type ParityCase, type ReferenceMap } from './parity-case.ts';

export interface ParityRequest {
  /** Folders of reference cases. */
  readonly folders: readonly string[];
  readonly provider?: ProviderChoice | undefined;
}

/** How far one array is from the reference, and how far it may be. */
export interface MapParity extends Distance {
  readonly map: string;
  /** Relative L2 distance of the reference's own float32 run from its float64 truth. */
  readonly float32Error: number | undefined;
  readonly bar: number;
  readonly verdict: 'ok' | 'over';
}

export interface CaseParity {
  readonly name: string;
  readonly provider: string;
  readonly maps: readonly MapParity[];
}

/** What float32 arithmetic can be asked for, whatever the reference's own run reached. */
const lowestBar = 1e-5;
const multipleOfReference = 4;

/** Computes every map of the cases again and compares. Throws `case/invalid` and the engine's errors. */
export async function checkParity(
  engine: Engine,
  request: ParityRequest,
  control: JobControl,
): Promise<readonly CaseParity[]> {
  const cases = await Promise.all(request.folders.map(loadParityCase));
  const step = createProgress(
    cases.reduce((sum, { maps }) => sum + maps.length, 0),
    control,
  );
  const results: CaseParity[] = [];
  for (const parityCase of cases) {
    results.push(await checkCase({ engine, parityCase, provider: request.provider ?? 'cpu', control, step }));
  }
  return results;
}

interface CaseRun {
  readonly engine: Engine;
  readonly parityCase: ParityCase;
  readonly provider: ProviderChoice;
  readonly control: JobControl;
  readonly step: (label: string) => void;
}

/** Maps of one composite share an opened model; the logits are compared once for each. */
async function checkCase(run: CaseRun): Promise<CaseParity> {
  const { parityCase } = run;
  const images = await loadCaseArray(parityCase, 'input');
  const composites = new Set(parityCase.maps.map(({ composite }) => composite));
  const maps: MapParity[] = [];
  let provider = '';
  for (const composite of composites) {
    const opened = await openCase(run, composite);
    provider = opened.provider;
    for (const map of parityCase.maps.filter((candidate) => candidate.composite === composite)) {
      throwIfCancelled(run.control);
      run.step(`${parityCase.name} ${map.file}`);
      maps.push(...(await checkMap(run, { map, opened, images, withLogits: maps.length === 0 })));
    }
    await run.engine.release(opened.handle);
  }
  return { name: parityCase.name, provider, maps };
}

async function openCase({ engine, parityCase, provider, control }: CaseRun, composite: string): Promise<OpenedModel> {
  throwIfCancelled(control);
  if (!isCompositeName(composite)) {
    throw new LightboxError(
      'case/invalid',
      `Case "${parityCase.name}" asks for a composite "${composite}", which is not known.`,
    );
  }
  const { modelPath, low, high } = parityCase;
  const resolved: Composite = createComposite(composite, { low: [low].flat(), high: [high].flat() });
  return engine.open({ modelPath, provider, composite: resolved });
}

interface MapRun {
  readonly map: ReferenceMap;
  readonly opened: OpenedModel;
  readonly images: Float32Array;
  readonly withLogits: boolean;
}

async function checkMap(
  { engine, parityCase, control }: CaseRun,
  { map, opened, images, withLogits }: MapRun,
): Promise<MapParity[]> {
  const reference = await loadCaseArray(parityCase, map.file);
  const request = { handle: opened.handle, images, targets: map.targets, initial: map.initial };
  const { relevance, logits } = await engine.attribute(request, {
    batchSize: map.targets.length,
    ...(control.signal && { signal: control.signal }),
  });
  const shown =
    reference.length === relevance.length ? relevance : sumImagesOverColor(relevance, map.targets.length, opened);
  if (shown.length !== reference.length) {
    throw new LightboxError(
      'case/invalid',
      `Case "${parityCase.name}": ${map.file} has ${reference.length} values, but the model gives ${shown.length}.`,
    );
  }
  const result = judge(map.file, measureDistance(shown, reference), map.float32Error);
  if (!withLogits) return [result];
  return [judge('logits', measureDistance(logits, await loadCaseArray(parityCase, 'logits')), undefined), result];
}

/** [pictures, channels, height, width] to [pictures, height, width]. */
function sumImagesOverColor(relevance: Float32Array, rows: number, { network }: OpenedModel): Float32Array {
  const rowLength = relevance.length / rows;
  const maps = Array.from({ length: rows }, (_, row) =>
    sumOverColor(relevance.subarray(row * rowLength, (row + 1) * rowLength), network.input.channels),
  );
  const joined = new Float32Array(relevance.length / network.input.channels);
  for (const [row, map] of maps.entries()) joined.set(map, row * map.length);
  return joined;
}

function judge(map: string, distance: Distance, float32Error: number | undefined): MapParity {
  const bar = Math.max(lowestBar, multipleOfReference * (float32Error ?? 0));
  // Written so that a distance that is not a number is over the bar.
  return { map, ...distance, float32Error, bar, verdict: distance.relativeL2 <= bar ? 'ok' : 'over' };
}
