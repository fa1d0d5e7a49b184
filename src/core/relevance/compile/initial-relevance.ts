import type { Tensor, TensorWriter } from './tensor.ts';

/**
 * What is put at the output: R0 = initial + onehot(target) * (a + b * logits), with (a, b) the graph input initial_scale:
 * (1, 0) puts 1 at the target, (0, 1) its logit, (0, 0) leaves what is given. A target of -1 is the predicted class.
 */
export function initialRelevance(writer: TensorWriter, logits: Tensor, rows: string): Tensor {
  const { graph } = writer;
  const initial = graph.input('initial', [rows, ...logits.sizes]);
  if (logits.sizes.length !== 1) return writer.plain(graph.emit('Identity', [initial]), logits.sizes);
  const [classes = 1] = logits.sizes;
  const target = graph.input('target', [rows], 'int64');
  const scale = graph.input('initial_scale', [2]);
  const predicted = graph.emit('ArgMax', [logits.name], { attributes: { axis: 1, keepdims: 0 } });
  const asked = graph.emit('Less', [target, graph.integers([0])]);
  const chosen = graph.emit('Where', [asked, predicted, target]);
  const oneHot = graph.emit('OneHot', [chosen, graph.integers([classes]), graph.floats([0, 1])]);
  const [constant, factor] = [0, 1].map((i) => graph.emit('Gather', [scale, graph.integers([i])]));
  const height = graph.emit('Add', [graph.emit('Mul', [logits.name, factor ?? '']), constant ?? '']);
  const start = graph.emit('Add', [graph.emit('Mul', [oneHot, height]), initial]);
  return writer.plain(start, logits.sizes);
}
