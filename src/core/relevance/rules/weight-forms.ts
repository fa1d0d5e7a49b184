import type { WeightForm } from '../compile/filters.ts';

/** Elementwise changes of weights and biases. All are folded into constants when the session loads. */
export const given: WeightForm = (_, name) => name;

export const positive: WeightForm = (graph, name) => graph.emit('Relu', [name]);

/** W- = W - W+, exactly: where both are computed in every run, the second is little work. */
export const negative: WeightForm = (graph, name) => graph.emit('Sub', [name, positive(graph, name)]);

/** -W-, not negative. */
export const opposite: WeightForm = (graph, name) => graph.emit('Sub', [positive(graph, name), name]);

export const squared: WeightForm = (graph, name) => graph.emit('Mul', [name, name]);

export const ones: WeightForm = (graph, name) => {
  const zero = graph.emit('Mul', [name, graph.scalar(0)]);
  return graph.emit('Add', [zero, graph.scalar(1)]);
};

export function scaled(factor: number, form: WeightForm): WeightForm {
  if (factor === 1) return form;
  return (graph, name) => graph.emit('Mul', [form(graph, name), graph.scalar(factor)]);
}

/** W + gamma * max(W, 0), or with min: the Gamma rule's weights for one sign. */
export function gammaForm(gamma: number, sign: WeightForm): WeightForm {
  return (graph, name) => graph.emit('Add', [name, scaled(gamma, sign)(graph, name)]);
}

/** A form shifted by a constant: how a stabilizer is folded into a bias. */
export function shifted(form: WeightForm, amount: number): WeightForm {
  return (graph, name) => graph.emit('Add', [form(graph, name), graph.scalar(amount)]);
}
