import {
  float32Initializer,
  int64Initializer,
  node,
  valueInfo,
  type Initializer,
  type Model,
} from '#core/onnx/index.ts';

type Pair = readonly [number, number];
type Span = readonly [start: number, end: number];

export interface UnevenPool {
  readonly channels: number;
  /** Height and width of the picture. */
  readonly size: Pair;
  readonly pooled: Pair;
}

/** PyTorch's windows: output i averages floor(i * in / out) up to, and without, ceil((i + 1) * in / out). */
export const windowsOf = (length: number, outputs: number): readonly Span[] =>
  Array.from({ length: outputs }, (_, i) => [
    Math.floor((i * length) / outputs),
    Math.ceil(((i + 1) * length) / outputs),
  ]);

/** What torch.export makes of the pool; `initializers` replace its own of the same name. */
export function unevenPoolModel(pool: UnevenPool, initializers: readonly Initializer[] = []): Model {
  const { channels, size, pooled } = pool;
  const [rows, columns] = [windowsOf(size[0], pooled[0]), windowsOf(size[1], pooled[1])];
  const longest = [longestOf(rows), longestOf(columns)] as const;
  const own = [
    indices(pool, longest),
    mask('row_ends', rows, [pooled[0], longest[0], 1, 1]),
    mask('column_ends', columns, [pooled[1], longest[1]]),
    float32Initializer('nothing', [], [0]),
    float32Initializer(
      'counts',
      [...pooled],
      rows.flatMap((row) => columns.map((column) => (row[1] - row[0]) * (column[1] - column[0]))),
    ),
    ...Array.from({ length: Math.max(...longest) }, (_, i) => int64Initializer(`at_${String(i)}`, [], [i])),
  ];
  const graph = {
    name: 'pool',
    nodes: [...layingOut, ...addingUp(longest)],
    initializers: new Map([...own, ...initializers].map((initializer) => [initializer.name, initializer])),
    inputs: [valueInfo('x', ['batch', channels, ...size])],
    outputs: [valueInfo('y', ['batch', channels, ...pooled])],
  };
  return { path: 'pool.onnx', irVersion: 8, opsets: new Map([['', 18]]), producer: 'test', graph };
}

const layingOut = [
  node('Transpose', { inputs: ['x'], outputs: ['places'] }, { perm: [2, 3, 0, 1] }),
  node('GatherND', { inputs: ['places', 'indices'], outputs: ['gathered'] }),
  node('Transpose', { inputs: ['gathered'], outputs: ['windows'] }, { perm: [4, 5, 0, 1, 2, 3] }),
  node('Where', { inputs: ['row_ends', 'nothing', 'windows'], outputs: ['rows'] }),
  node('Where', { inputs: ['column_ends', 'nothing', 'rows'], outputs: ['parts'] }),
];

/** The parts of a window picked one by one, added up and divided by how many they are. */
function addingUp([down, across]: Pair): ReturnType<typeof node>[] {
  const parts = Array.from({ length: down * across }, (_, i) => `part_${String(i)}`);
  const picks = parts.flatMap((part, i) => {
    const [row, column] = [Math.floor(i / across), i % across].map((at) => `at_${String(at)}`);
    return [
      node('Gather', { inputs: ['parts', row ?? ''], outputs: [`row_of_${part}`] }, { axis: 3 }),
      node('Gather', { inputs: [`row_of_${part}`, column ?? ''], outputs: [part] }, { axis: -1 }),
    ];
  });
  const sums = parts
    .slice(1)
    .map((part, i) =>
      node('Add', { inputs: [i === 0 ? 'part_0' : `sum_${String(i)}`, part], outputs: [`sum_${String(i + 1)}`] }),
    );
  const total = parts.length === 1 ? 'part_0' : `sum_${String(parts.length - 1)}`;
  return [...picks, ...sums, node('Div', { inputs: [total, 'counts'], outputs: ['y'], name: 'average' })];
}

const longestOf = (spans: readonly Span[]): number => Math.max(...spans.map(([start, end]) => end - start));

/** [rows, longest, columns, longest, 2]; beyond a window's end the last place is repeated. */
function indices({ size, pooled }: UnevenPool, longest: Pair): Initializer {
  const positions = ([0, 1] as const).map((axis) =>
    windowsOf(size[axis], pooled[axis]).map(([start]) =>
      Array.from({ length: longest[axis] }, (_, i) => Math.min(size[axis] - 1, start + i)),
    ),
  );
  const [down = [], across = []] = positions;
  const values = down.flatMap((rows) => rows.flatMap((row) => across.flatMap((all) => all.flatMap((at) => [row, at]))));
  return int64Initializer('indices', [pooled[0], longest[0], pooled[1], longest[1], 2], values);
}

/** True beyond the end of a window. */
function mask(name: string, spans: readonly Span[], dims: readonly number[]): Initializer {
  const longest = longestOf(spans);
  const values = spans.flatMap(([start, end]) => Array.from({ length: longest }, (_, i) => Number(i >= end - start)));
  return { name, dataType: 'bool', dims, data: { kind: 'memory', bytes: Uint8Array.from(values) } };
}
