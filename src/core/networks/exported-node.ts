/** Nodes named as PyTorch's TorchScript exporter names them. */
import { node, type AttributeInput, type Node } from '#core/onnx/index.ts';

export interface NodeForm {
  readonly operator: string;
  /** PyTorch's module name, such as `layer3.2.conv2`; '' is the network itself. */
  readonly module: string;
  readonly inputs: readonly string[];
  readonly attributes?: Readonly<Record<string, AttributeInput>>;
  /** The output's name where it is not the exporter's usual one. */
  readonly output?: string | undefined;
}

export function createExportedNode({ operator, module, inputs, attributes = {}, output }: NodeForm): Node {
  const name = `${scopeOf(module)}/${operator}`;
  return node(operator, { name, inputs, outputs: [output ?? `${name}_output_0`] }, attributes);
}

/** `layer3.2.conv2` becomes `/layer3/layer3.2/conv2`: a numbered child carries its parent's name. */
function scopeOf(module: string): string {
  const parts = module === '' ? [] : module.split('.');
  return parts.map((part, index) => `/${/^\d+$/.test(part) ? `${parts[index - 1] ?? ''}.${part}` : part}`).join('');
}
