/** What a caller asks is checked in the host, before anything is sent. */
import { LightboxError } from '#shared/errors.ts';
import type { AttributeCall, ConditionCall } from './calls.ts';
import type { ConditionRequest } from './condition.ts';
import type { AttributeRequest, InitialRelevance, NetworkSummary, OpenRequest } from './requests.ts';

/** A request with its defaults filled in. Throws `request/invalid`, `target/unknown` or `layer/unknown`. */
export function checkAttribution(
  request: AttributeRequest,
  network: NetworkSummary,
  { batch = 'paired', conditions = [], fromOutput = true }: OpenRequest,
): AttributeCall {
  if (!fromOutput) throw invalid('Relevance of this model begins at layers; ask for conditions');
  const targets = listTargets(request, countPictures(request.images, network), batch);
  const rows = targets.length;
  targets.forEach((target) => {
    checkTarget(target, network);
  });
  const { initial = 'one', masks = [], regions } = request;
  checkRegions(regions, network);
  checkInitial(initial, network, rows);
  for (const { layer, values } of masks) {
    if (!conditions.some((condition) => condition.layer === layer)) throw notConditioned(layer);
    const channels = network.layers.find(({ name }) => name === layer)?.channels ?? 0;
    checkRows(`The mask of layer "${layer}"`, values, rows * channels);
  }
  return { handle: request.handle, images: request.images, targets, initial, masks, regions };
}

/** Throws as `checkAttribution`. Layers and factors are checked where the graph is known. */
export function checkConditions(
  { handle, image, target = -1, initial = 'one', conditions, regions }: ConditionRequest,
  network: NetworkSummary,
  { starts = [], fromOutput = true }: OpenRequest,
): ConditionCall {
  if (countPictures(image, network) !== 1) throw invalid('Conditions are asked of one picture at a time');
  checkTarget(target, network);
  if (fromOutput) checkInitial(initial, network, 1);
  checkRegions(regions, network);
  if (conditions.length === 0 && !fromOutput) throw invalid('At least one condition is needed');
  for (const { layer } of conditions.flat()) {
    if (!starts.some((start) => start.layer === layer)) throw notConditioned(layer);
  }
  return { handle, image, target, initial, conditions, regions };
}

function checkRegions(regions: Float32Array | undefined, { input }: NetworkSummary): void {
  if (!regions) return;
  const count = regions.length / (input.height * input.width);
  if (Number.isInteger(count) && count > 0) return;
  throw invalid(`${regions.length} values are not whole regions of ${input.height} by ${input.width} pixels`);
}

function listTargets({ targets }: AttributeRequest, pictures: number, batch: OpenRequest['batch']): readonly number[] {
  if (!targets) return Array.from({ length: pictures }, () => -1);
  const fits = batch === 'shared' ? pictures === 1 && targets.length > 0 : targets.length === pictures;
  if (!fits) throw invalid(`${targets.length} targets do not go with ${pictures} pictures`);
  return targets;
}

/** How many pictures of the network's size the values hold. Throws `request/invalid`. */
export function countPictures(images: Float32Array, { input }: NetworkSummary): number {
  const pictures = images.length / (input.channels * input.height * input.width);
  if (Number.isInteger(pictures) && pictures > 0) return pictures;
  throw invalid(
    `${images.length} values are not whole pictures of ${input.channels} channels, ${input.height} by ${input.width} pixels`,
  );
}

function checkTarget(target: number, { output }: NetworkSummary): void {
  const [classes = 0] = output.sizes;
  if (Number.isInteger(target) && target >= -1 && target < classes) return;
  throw new LightboxError(
    'target/unknown',
    `There is no output ${target}: the network has ${classes}, counted from 0 to ${classes - 1}.`,
  );
}

function checkInitial(initial: InitialRelevance, { output }: NetworkSummary, rows: number): void {
  if (typeof initial !== 'string') {
    const perRow = output.sizes.reduce((product, size) => product * size, 1);
    checkRows('The initial relevance', initial.given, rows * perRow);
  } else if (output.sizes.length !== 1) {
    throw invalid(
      `The network gives [${output.sizes.join(', ')}] and no list of classes, so the initial relevance must be given`,
    );
  }
}

function checkRows(subject: string, values: Float32Array, expected: number): void {
  if (values.length === expected) return;
  throw invalid(`${subject} has ${values.length} values where ${expected} are needed`);
}

function notConditioned(layer: string): LightboxError {
  return new LightboxError('layer/unknown', `Layer "${layer}" was not named as a condition when the model was opened.`);
}

export function invalid(reason: string): LightboxError {
  return new LightboxError('request/invalid', `${reason}.`);
}
