import type { ConceptReading, InitialRelevance } from '#core/engine/index.ts';
import { placeBox } from '#core/imaging/index.ts';
import { computeReceptiveField } from '#core/relevance/index.ts';
import { SHARE_STABILIZER } from '#core/catalog/index.ts';
import type { StrongestNeuron, StrongestNeuronRequest } from '#shared/contract/concepts.ts';
import { LightboxError } from '#shared/errors.ts';
import { rankDescending, sumAbsolute } from '../../concepts/rank-concepts.ts';
import { countChannels, isTurned, type Asked } from './ask-concepts.ts';

/** The neuron of a layer, or of one channel of it, at which most relevance for the class arrives, and its receptive field on the picture. */
export async function findStrongestNeuron(asked: Asked, request: StrongestNeuronRequest): Promise<StrongestNeuron> {
  const { layer = asked.layers.at(-1) ?? '' } = request;
  countChannels(asked, layer, request.channel ?? 0);
  const reading = await readPeaks(asked, layer);
  const { peaks, channels, sums } = reading;
  const values = peaks?.values.subarray(0, channels) ?? new Float32Array(channels);
  const channel = request.channel ?? rankDescending(values)[0] ?? 0;
  const { rows, columns } = measureLayer(asked, layer);
  const position = peaks?.positions[channel] ?? 0;
  const [row, column] = [Math.floor(position / columns), position % columns];
  const share = (values[channel] ?? 0) / (sumAbsolute(sums.subarray(0, channels)) + SHARE_STABILIZER);
  return {
    ...{ layers: [...asked.layers], layer, channel, row, column, rows, columns, share },
    ...locate(asked, layer, [row, column]),
  };
}

function measureLayer({ network }: Asked, layer: string): { readonly rows: number; readonly columns: number } {
  const { height: rows = 1, width: columns = 1 } = network.layers.find(({ name }) => name === layer) ?? {};
  return { rows, columns };
}

/** Peaks are the highest values; where relevance below zero speaks for the class, the walk begins with the opposite sign. */
async function readPeaks(asked: Asked, layer: string): Promise<ConceptReading> {
  const { computing, model, prepared } = asked;
  const read = async (target: number, initial: InitialRelevance) =>
    computing.engine.attribute(
      { handle: model.opened.handle, images: prepared.prepared.input.tensor, targets: [target], initial },
      { signal: computing.signal },
    );
  const first = await read(asked.target, asked.initial);
  const target = first.targets[0] ?? 0;
  const logit = first.logits[target] ?? 0;
  const opposite = first.logits.map((_, index) => (index === target ? -(asked.initial === 'one' ? 1 : logit) : 0));
  const { concepts } = isTurned(asked, logit) ? await read(target, { given: opposite }) : first;
  return concepts.find((reading) => reading.layer === layer) ?? missing(layer);
}

function missing(layer: string): never {
  throw new LightboxError('internal', `The model was not opened to tell what "${layer}" carries; report this.`);
}

function locate(
  asked: Asked,
  layer: string,
  position: readonly [number, number],
): Pick<StrongestNeuron, 'field' | 'isWhole'> {
  const { network, prepared } = asked;
  const { rows, columns } = computeReceptiveField(network, layer, position);
  const { height, width } = network.input;
  const { picture, view } = prepared.prepared;
  const box = { left: columns[0], top: rows[0], width: columns[1] - columns[0], height: rows[1] - rows[0] };
  const map = { width, height, values: new Float32Array() };
  return {
    field: placeBox({ map, region: view.region, box }, picture),
    isWhole: box.width === width && box.height === height,
  };
}
