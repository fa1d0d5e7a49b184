import type { Node } from '#core/onnx/index.ts';

/**
 * PyTorch's module name of a node.
 *
 * The TorchScript exporter writes it into the node's name as a path of scopes, a child of a Sequential repeating its
 * parent: /layer3/layer3.2/conv2/Conv is layer3.2.conv2. Other exporters number their nodes (Conv_12), and the name stands on
 * the weight; what has no weight may keep its scopes as node metadata (torch.export).
 */
export function moduleName(node: Node, weight: string | undefined): string {
  return (
    fromPath(node.name) ??
    fromWeight(weight) ??
    fromScopes(node.metadata) ??
    (node.name || node.outputs[0] || node.operator)
  );
}

function fromPath(name: string): string | undefined {
  if (!name.startsWith('/')) return undefined;
  const scopes = name.split('/').slice(1);
  const operator = scopes.pop() ?? '';
  if (scopes.length === 0) return undefined;
  const path = scopes.reduce<{ whole: string; last: string }>(
    (path, scope) => {
      const nested = path.last !== '' && scope.startsWith(`${path.last}.`);
      const stem = nested ? path.whole.slice(0, path.whole.length - path.last.length) : path.whole && `${path.whole}.`;
      return { whole: stem + scope, last: scope };
    },
    { whole: '', last: '' },
  );
  return isPlainSum(operator) ? `${path.whole}.sum` : path.whole;
}

/** A residual sum has no module of its own; its node sits directly in the block. */
function isPlainSum(operator: string): boolean {
  return /^Add(_\d+)?$/.test(operator);
}

function fromScopes(metadata: ReadonlyMap<string, string>): string | undefined {
  const scopes = metadata.get('pkg.torch.onnx.name_scopes');
  if (scopes === undefined) return undefined;
  const names = [...scopes.matchAll(/'([^']*)'/g)].map((match) => match[1] ?? '');
  const name = names.at(-2);
  if (!name) return undefined;
  return /^add(_\d+)?$/.test(names.at(-1) ?? '') ? `${name}.sum` : name;
}

function fromWeight(weight: string | undefined): string | undefined {
  const match = /^(.+)\.weight$/.exec(weight ?? '');
  return match?.[1];
}

/** Names made unique: a second `relu` becomes `relu#2`, or the next number that no layer has. */
export function uniqueNames(names: readonly string[]): string[] {
  const given = new Set(names);
  const counts = new Map<string, number>();
  return names.map((name) => {
    let count = (counts.get(name) ?? 0) + 1;
    while (count > 1 && given.has(`${name}#${String(count)}`)) count++;
    counts.set(name, count);
    return count === 1 ? name : `${name}#${String(count)}`;
  });
}
