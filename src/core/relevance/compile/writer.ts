import { LightboxError } from '#shared/errors.ts';
import {
  float32Initializer,
  int64Initializer,
  node as onnxNode,
  valueInfo,
  type AttributeInput,
  type Attribute,
  type DataType,
  type Dimension,
  type Initializer,
  type ModelContent,
  type Node,
} from '#core/onnx/index.ts';
import type { Parameter } from '../network/parameter.ts';
import { joinRelus } from './join-relus.ts';

export interface EmitOptions {
  readonly attributes?: Readonly<Record<string, AttributeInput>>;
  readonly domain?: string;
  readonly outputs?: number;
}

/**
 * Writes an ONNX graph node by node. The same node asked for twice is written once, so that the code which writes rules
 * may ask for a clamped weight or a forward value wherever it needs one.
 */
export class GraphWriter {
  readonly #nodes: Node[] = [];
  readonly #initializers = new Map<string, Initializer>();
  readonly #written = new Map<string, string>();
  readonly #parameters = new Map<Parameter, string>();
  readonly #inputs: { name: string; shape: readonly Dimension[]; dataType: DataType }[] = [];
  readonly #outputs = new Set<string>();

  input(name: string, shape: readonly Dimension[], dataType: DataType = 'float32'): string {
    this.#inputs.push({ name, shape, dataType });
    return name;
  }

  output(name: string): string {
    this.#outputs.add(name);
    return name;
  }

  /** Writes one node and returns the name of its first output. */
  emit(operator: string, inputs: readonly string[], options: EmitOptions = {}): string {
    const key = `${options.domain ?? ''}:${operator}(${inputs.join()})${JSON.stringify(options.attributes ?? {})}`;
    const known = this.#written.get(key);
    if (known !== undefined) return known;
    const output = `v${String(this.#nodes.length)}`;
    const node = onnxNode(operator, { inputs, outputs: [output], name: `${operator}_${output}` }, options.attributes);
    this.#nodes.push(options.domain === undefined ? node : { ...node, domain: options.domain });
    this.#written.set(key, output);
    return output;
  }

  scalar(value: number): string {
    return this.floats([value], []);
  }

  floats(values: readonly number[], dims: readonly number[] = [values.length]): string {
    return this.#constant(`f[${dims.join()}]:${values.join()}`, (name) => float32Initializer(name, dims, values));
  }

  integers(values: readonly number[]): string {
    return this.#constant(`i:${values.join()}`, (name) => int64Initializer(name, [values.length], values));
  }

  integer(value: number): string {
    return this.#constant(`i0:${String(value)}`, (name) => int64Initializer(name, [], [value]));
  }

  #constant(key: string, make: (name: string) => Initializer): string {
    const known = this.#written.get(key);
    if (known !== undefined) return known;
    const name = `c${String(this.#initializers.size)}`;
    this.#initializers.set(name, make(name));
    this.#written.set(key, name);
    return name;
  }

  /** Writes a parameter: a reference to where the file keeps it, or the operators that compute it. */
  parameter(parameter: Parameter): string {
    const known = this.#parameters.get(parameter);
    if (known !== undefined) return known;
    const name = parameter.kind === 'stored' ? this.#stored(parameter.initializer) : this.#computed(parameter);
    this.#parameters.set(parameter, name);
    return name;
  }

  #stored(initializer: Initializer): string {
    const key = initializer.name === '' ? undefined : `s:${initializer.name}`;
    const known = key && this.#written.get(key);
    if (known) return known;
    const name = `w${String(this.#initializers.size)}`;
    this.#initializers.set(name, { ...initializer, name });
    if (key) this.#written.set(key, name);
    return name;
  }

  #computed(parameter: Extract<Parameter, { kind: 'computed' }>): string {
    const inputs = parameter.inputs.map((input) => this.parameter(input));
    return this.emit(parameter.operator, inputs, { attributes: plainAttributes(parameter.attributes) });
  }

  /** The graph as an ONNX model whose stored weights stay where they are. */
  content(opset: number): ModelContent {
    const { nodes: needed, used } = this.#needed();
    const nodes = joinRelus(needed, this.#outputs);
    const initializers = [...this.#initializers].filter(([name]) => used.has(name));
    const graph = {
      name: 'attribution',
      nodes,
      initializers: new Map(initializers),
      inputs: this.#inputs.map(({ name, shape, dataType }) => valueInfo(name, shape, dataType)),
      outputs: [...this.#outputs].map((name) => ({ name, dataType: 'float32' as const, shape: undefined })),
    };
    const opsets = new Map([
      ['', opset],
      ['com.microsoft.nchwc', 1],
    ]);
    return { irVersion: 9, opsets, producer: 'relevance-lightbox', graph };
  }

  /** Nodes that lead to an output, in the order written. */
  #needed(): { nodes: Node[]; used: ReadonlySet<string> } {
    const used = new Set(this.#outputs);
    const nodes: Node[] = [];
    for (const node of [...this.#nodes].reverse()) {
      if (!node.outputs.some((output) => used.has(output))) continue;
      node.inputs.forEach((input) => used.add(input));
      nodes.unshift(node);
    }
    const missing = [...this.#outputs].find((name) => !nodes.some((node) => node.outputs.includes(name)));
    if (missing !== undefined)
      throw new LightboxError('internal', `Nothing in the compiled graph computes ${missing}.`);
    return { nodes, used };
  }
}

function plainAttributes(attributes: ReadonlyMap<string, Attribute>): Record<string, AttributeInput> {
  return Object.fromEntries(attributes);
}
