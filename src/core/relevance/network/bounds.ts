import { LightboxError } from '#shared/errors.ts';
import { fileName, nodeLabel } from '../operators/reading.ts';
import { isKind, type Arithmetic, type Network, type Operation } from './network.ts';

/** Lowest and highest value a tensor can have, per channel. */
export interface Bounds {
  readonly low: readonly number[];
  readonly high: readonly number[];
}

const onNumbers: Readonly<Record<Arithmetic['operator'], (a: number, b: number) => number>> = {
  Add: (a, b) => a + b,
  Sub: (a, b) => a - b,
  Mul: (a, b) => a * b,
  Div: (a, b) => a / b,
};

/**
 * Bounds of the picture carried through the pixel normalisation inside the network, to the tensor that enters the first layer:
 * where ZBox needs them. Throws `model/unsupported-form` where a constant of the normalisation is not one number per channel.
 */
export function boundsAtFirstLayer(network: Network, bounds: Bounds): Bounds {
  return network.operations
    .filter((operation) => isKind(operation, 'arithmetic') && operation.form.normalization)
    .reduce((current, operation) => carried(network, operation as Operation<Arithmetic>, current), bounds);
}

function carried(network: Network, operation: Operation<Arithmetic>, bounds: Bounds): Bounds {
  const { operator, constantFirst } = operation.form;
  const constants = constantPerChannel(network, operation);
  const calculate = onNumbers[operator];
  const ends = constants.map((constant, channel) => {
    const low = bounds.low[channel] ?? bounds.low[0] ?? 0;
    const high = bounds.high[channel] ?? bounds.high[0] ?? 0;
    const [a, b] = [low, high].map((end) => (constantFirst ? calculate(constant, end) : calculate(end, constant)));
    return [a ?? 0, b ?? 0] as const;
  });
  return { low: ends.map((pair) => Math.min(...pair)), high: ends.map((pair) => Math.max(...pair)) };
}

function constantPerChannel(network: Network, operation: Operation<Arithmetic>): number[] {
  const { constant } = operation.form;
  const { channels } = network.input;
  const count = constant.dims.reduce((a, b) => a * b, 1);
  // [C, 1, 1] or [1, C, 1, 1], or one number for all.
  const perChannel = count === 1 || (count === channels && constant.dims.at(-3) === channels);
  const stored = constant.kind === 'stored' ? constant.initializer : undefined;
  if (!perChannel || stored?.data.kind !== 'memory' || stored.dataType !== 'float32') {
    throw new LightboxError(
      'model/unsupported-form',
      `${fileName(network.model)}: the bounds of ZBox cannot be carried through node ${nodeLabel(operation.node)}; give a composite as JSON with low and high at the first convolution.`,
    );
  }
  const values = new Float32Array(Uint8Array.from(stored.data.bytes).buffer);
  return Array.from({ length: channels }, (_, channel) => values[count === 1 ? 0 : channel] ?? 0);
}
