import type { Engine, OpenedModel, OpenRequest } from '#core/engine/index.ts';
import { createComposite, isCompositeName } from '#core/relevance/index.ts';
import { LightboxError } from '#shared/errors.ts';
import type { ProviderChoice } from '#shared/providers.ts';
import { measureDistance, type Distance } from './distance.ts';
import { throwIfCancelled, type JobControl } from './job.ts';
import { loadCaseArray, type ParityCase } from './parity-case.ts';

/** One case being computed again. */
export interface CaseRun {
  readonly engine: Engine;
  readonly parityCase: ParityCase;
  /** [pictures, channels, height, width] */
  readonly images: Float32Array;
  readonly provider: ProviderChoice;
  readonly control: JobControl;
  readonly step: (label: string) => void;
}

/** How far one array is from the reference, and how far it may be. */
export interface MapParity extends Distance {
  readonly map: string;
  /** Relative L2 distance of the reference's own float32 run from its float64 truth. */
  readonly float32Error: number | undefined;
  readonly bar: number;
  readonly verdict: 'ok' | 'over';
}

/** What float32 arithmetic can be asked for, whatever the reference's own run reached. */
const lowestBar = 1e-5;
const multipleOfReference = 4;

/** Opens the case's model with a composite, lets `work` use it and frees it. Throws `case/invalid` and the engine's errors. */
export async function withCaseModel<Result>(
  { engine, parityCase, provider, control }: CaseRun,
  {
    composite,
    ...options
  }: Pick<OpenRequest, 'concepts' | 'conditions' | 'starts' | 'batch'> & { readonly composite: string },
  work: (opened: OpenedModel) => Promise<Result>,
): Promise<Result> {
  throwIfCancelled(control);
  const { modelPath, low, high } = parityCase;
  if (!isCompositeName(composite)) throw invalidCase(parityCase, `a composite "${composite}" is not known`);
  const resolved = createComposite(composite, { low: [low].flat(), high: [high].flat() });
  const opened = await engine.open({ modelPath, provider, composite: resolved, ...options });
  const result = await work(opened);
  await engine.release(opened.handle);
  return result;
}

/** Compares with the stored array of that name. Throws `case/invalid` where lengths differ. */
export async function compareWith(
  { parityCase }: CaseRun,
  { file, float32Error }: { readonly file: string; readonly float32Error: number | undefined },
  values: Float32Array,
): Promise<MapParity> {
  const reference = await loadCaseArray(parityCase, file);
  if (reference.length !== values.length) {
    throw invalidCase(parityCase, `${file} has ${reference.length} values where the model gives ${values.length}`);
  }
  const distance = measureDistance(values, reference);
  const bar = Math.max(lowestBar, multipleOfReference * (float32Error ?? 0));
  // Written so that a distance that is not a number is over the bar.
  const verdict = distance.relativeL2 <= bar ? 'ok' : 'over';
  return { map: file, ...distance, float32Error, bar, verdict };
}

/** One picture of the case: [1, channels, height, width]. Throws `case/invalid`. */
export function sliceImage({ images, parityCase }: CaseRun, image: number, { network }: OpenedModel): Float32Array {
  const { channels, height, width } = network.input;
  const length = channels * height * width;
  const slice = images.slice(image * length, (image + 1) * length);
  if (slice.length === length) return slice;
  throw invalidCase(parityCase, `there is no picture ${image} of ${channels} × ${height} × ${width} in it`);
}

export function invalidCase({ name }: ParityCase, reason: string): LightboxError {
  return new LightboxError('case/invalid', `Case "${name}" cannot be computed: ${reason}.`);
}
