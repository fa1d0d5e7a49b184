/**
 * Convolution and its relevance rules in plain loops: slow, and made of nothing the compiler uses. Computed in the precision of the
 * arrays given: float64 is the reference; float32 rounds after every step, and so shows what float32 can hold of a case.
 */

export type Numbers = Float64Array | Float32Array;

export interface PlainForm {
  readonly channels: readonly [number, number];
  readonly size: readonly [number, number];
  readonly kernel: readonly [number, number];
  readonly strides: readonly [number, number];
  /** top, left, bottom, right */
  readonly pads: readonly [number, number, number, number];
  readonly dilations: readonly [number, number];
  readonly group: number;
}

export interface PlainLayer {
  readonly form: PlainForm;
  /** [out, in / group, kh, kw] */
  readonly weight: Numbers;
  readonly bias: Numbers;
}

export const gamma = 0.25;
export const box = { low: -5, high: 5 } as const;
const epsilon = 1e-6;

export const plainRules = ['Epsilon', 'Gamma', 'ZPlus', 'AlphaBeta', 'ZBox', 'WSquare', 'Flat'] as const;
export type PlainRule = (typeof plainRules)[number];

export function outputSize({ size, kernel, strides, pads, dilations }: PlainForm): readonly [number, number] {
  const along = (axis: 0 | 1): number => {
    const span = dilations[axis] * (kernel[axis] - 1) + 1;
    return Math.floor((size[axis] + pads[axis] + pads[axis === 0 ? 2 : 3] - span) / strides[axis]) + 1;
  };
  return [along(0), along(1)];
}

interface Place {
  /** Flat positions in output, input and weight. */
  readonly to: number;
  readonly from: number;
  readonly by: number;
}

/** Calls back for every product of the convolution; products with padding are left out. */
function eachProduct(form: PlainForm, visit: (place: Place) => void): void {
  const { channels, kernel, group } = form;
  const [inputs, outputs] = [channels[0] / group, channels[1] / group];
  const [height, width] = outputSize(form);
  const [inputArea, outputArea] = [form.size[0] * form.size[1], height * width];
  for (let o = 0; o < channels[1]; o++) {
    for (let i = 0; i < inputs; i++) {
      const planes = [Math.floor(o / outputs) * inputs + i, o] as const;
      const filter = (o * inputs + i) * kernel[0] * kernel[1];
      eachOfPlane(form, ({ to, from, by }) => {
        visit({ to: planes[1] * outputArea + to, from: planes[0] * inputArea + from, by: filter + by });
      });
    }
  }
}

/** The products of one input plane with one filter. */
export function eachOfPlane(form: PlainForm, visit: (place: Place) => void): void {
  const [height, width] = outputSize(form);
  for (let to = 0; to < height * width; to++) {
    for (let by = 0; by < form.kernel[0] * form.kernel[1]; by++) {
      const row = positionIn(form, 0, [Math.floor(to / width), Math.floor(by / form.kernel[1])]);
      const column = positionIn(form, 1, [to % width, by % form.kernel[1]]);
      const inside = row >= 0 && row < form.size[0] && column >= 0 && column < form.size[1];
      if (inside) visit({ to, from: row * form.size[1] + column, by });
    }
  }
}

function positionIn(
  { strides, dilations, pads }: PlainForm,
  axis: 0 | 1,
  [out, tap]: readonly [number, number],
): number {
  return out * strides[axis] + tap * dilations[axis] - pads[axis];
}

const at = (values: Numbers, i: number): number => values[i] ?? NaN;
const zeros = (like: Numbers, length: number): Numbers =>
  like instanceof Float32Array ? new Float32Array(length) : new Float64Array(length);

/** A(x, W, b). */
export function convolve({ form, weight, bias }: PlainLayer, x: Numbers): Numbers {
  const [height, width] = outputSize(form);
  const z = zeros(x, form.channels[1] * height * width).map((_, i) => at(bias, Math.floor(i / (height * width))));
  eachProduct(form, ({ to, from, by }) => {
    z[to] = at(z, to) + at(x, from) * at(weight, by);
  });
  return z;
}

/** T(s, W). */
function transpose({ form, weight }: PlainLayer, s: Numbers): Numbers {
  const x = zeros(s, form.channels[0] * form.size[0] * form.size[1]);
  eachProduct(form, ({ to, from, by }) => {
    x[from] = at(x, from) + at(s, to) * at(weight, by);
  });
  return x;
}

const over = (relevance: Numbers, z: Numbers): Numbers =>
  relevance.map((value, i) => value / (at(z, i) + (at(z, i) >= 0 ? epsilon : -epsilon)));
const add = (a: Numbers, b: Numbers): Numbers => a.map((value, i) => value + at(b, i));
const times = (a: Numbers, b: Numbers): Numbers => a.map((value, i) => value * at(b, i));
const scaled = (a: Numbers, factor: number): Numbers => a.map((value) => value * factor);
const absolute = (a: Numbers): Numbers => a.map(Math.abs);
export const positive = (a: Numbers): Numbers => a.map((value) => Math.max(value, 0));
const negative = (a: Numbers): Numbers => a.map((value) => Math.min(value, 0));
const filled = (like: Numbers, value: number): Numbers => zeros(like, like.length).fill(value);

function modified(layer: PlainLayer, change: (values: Numbers) => Numbers): PlainLayer {
  return { ...layer, weight: change(layer.weight), bias: change(layer.bias) };
}

const withoutBias = (layer: PlainLayer): PlainLayer => ({ ...layer, bias: filled(layer.bias, 0) });

/** x+ meets one form of the parameters, x- the other; the bias counts with x+. */
function halves(
  x: Numbers,
  above: PlainLayer,
  below: PlainLayer,
): {
  readonly z: Numbers;
  readonly back: (s: Numbers) => Numbers;
} {
  return {
    z: add(convolve(above, positive(x)), convolve(withoutBias(below), negative(x))),
    back: (s) => add(times(positive(x), transpose(above, s)), times(negative(x), transpose(below, s))),
  };
}

type RuleOnLayer = (layer: PlainLayer, x: Numbers, relevance: Numbers) => Numbers;

const alphaBeta =
  (alpha: number, beta: number): RuleOnLayer =>
  (layer, x, relevance) => {
    const [plus, minus] = [modified(layer, positive), modified(layer, negative)];
    const gain = halves(x, plus, minus);
    const loss = halves(x, minus, plus);
    return add(scaled(gain.back(over(relevance, gain.z)), alpha), scaled(loss.back(over(relevance, loss.z)), -beta));
  };

const gammaRule: RuleOnLayer = (layer, x, relevance) => {
  const plus = modified(layer, (values) => add(values, scaled(positive(values), gamma)));
  const minus = modified(layer, (values) => add(values, scaled(negative(values), gamma)));
  const z = convolve(layer, x);
  const [up, down] = [halves(x, plus, minus), halves(x, minus, plus)];
  const where = (test: (value: number) => boolean): Numbers => relevance.map((r, i) => (test(at(z, i)) ? r : 0));
  return add(
    up.back(
      over(
        where((v) => v > 0),
        up.z,
      ),
    ),
    down.back(
      over(
        where((v) => v < 0),
        down.z,
      ),
    ),
  );
};

const zBox: RuleOnLayer = (layer, x, relevance) => {
  const [plus, minus] = [modified(layer, positive), modified(layer, negative)];
  const [low, high] = [filled(x, box.low), filled(x, box.high)];
  const bounds = add(convolve(plus, low), convolve(minus, high));
  const s = over(relevance, add(convolve(layer, x), scaled(bounds, -1)));
  const back = add(times(low, transpose(plus, s)), times(high, transpose(minus, s)));
  return add(times(x, transpose(layer, s)), scaled(back, -1));
};

/** Epsilon where z, the layer's output, is given: R_in = x * T(R / stab(z), W). */
export function epsilonAt(z: Numbers, { layer, x }: { layer: PlainLayer; x: Numbers }, relevance: Numbers): Numbers {
  return times(x, transpose(layer, over(relevance, z)));
}

/** The sum of magnitudes of what a layer adds up for each output: float32 errs in proportion to it, not to the sum itself. */
export function magnitudes(layer: PlainLayer, x: Numbers): Numbers {
  return convolve(modified(layer, absolute), absolute(x));
}

const rulesByName: Readonly<Record<PlainRule, RuleOnLayer>> = {
  Epsilon: (layer, x, relevance) => epsilonAt(convolve(layer, x), { layer, x }, relevance),
  Gamma: gammaRule,
  ZPlus: alphaBeta(1, 0),
  AlphaBeta: alphaBeta(2, 1),
  ZBox: zBox,
  WSquare: (layer, x, relevance) => {
    const squared = modified(layer, (values) => times(values, values));
    return transpose(squared, over(relevance, convolve(squared, filled(x, 1))));
  },
  Flat: (layer, x, relevance) => {
    const ones = withoutBias(modified(layer, (values) => filled(values, 1)));
    return transpose(ones, over(relevance, convolve(ones, filled(x, 1))));
  },
};

/** Relevance of the layer's input for relevance of its output, one picture. */
export function plainRelevance(rule: PlainRule, layer: PlainLayer, x: Numbers): (relevance: Numbers) => Numbers {
  return (relevance) => rulesByName[rule](layer, x, relevance);
}
