import type { ConceptGraph } from '#shared/contract/concepts.ts';

/** A concept's place, in pixels; columns stand from the picture on the left to the class on the right. */
export interface PlacedNode {
  readonly node: ConceptGraph['nodes'][number];
  readonly layer: string;
  readonly left: number;
  readonly top: number;
}

/** A line between two places, and how thick it is. */
export interface PlacedEdge {
  readonly path: string;
  readonly thickness: number;
  readonly speaksFor: boolean;
  readonly share: number;
}

export interface GraphLayout {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
  readonly columns: readonly { readonly layer: string; readonly left: number }[];
  readonly target: { readonly left: number; readonly top: number };
}

export const nodeSize = { width: 116, height: 34 } as const;
const gaps = { column: 66, row: 16 } as const;
const heading = 26;
const thickest = 18;
const thinnest = 0.75;

export function layOutGraph({ columns, nodes, edges, turned }: ConceptGraph): GraphLayout {
  const step = nodeSize.width + gaps.column;
  const counts = columns.map((_, column) => nodes.filter((node) => node.column === column).length);
  const tall = Math.max(1, ...counts) * (nodeSize.height + gaps.row) - gaps.row;
  const leftOf = (column: number): number => (columns.length - 1 - column) * step;
  const placed = nodes.map((node, index): PlacedNode => {
    const own = counts[node.column] ?? 1;
    const place = index - nodes.findIndex(({ column }) => column === node.column);
    const free = (tall - own * (nodeSize.height + gaps.row) + gaps.row) / 2;
    const top = heading + free + place * (nodeSize.height + gaps.row);
    return { node, layer: columns[node.column] ?? '', left: leftOf(node.column), top };
  });
  const target = { left: columns.length * step, top: heading + (tall - nodeSize.height) / 2 };
  const most = Math.max(
    1e-30,
    ...nodes.map(({ relevance }) => Math.abs(relevance)),
    ...edges.map(({ relevance }) => Math.abs(relevance)),
  );
  const draw = (ends: Ends, relevance: number, share: number): PlacedEdge => ({
    ...{ path: curve(ends), share, speaksFor: relevance < 0 === turned },
    thickness: Math.max(thinnest, (Math.abs(relevance) / most) * thickest),
  });
  const between = edges.flatMap(({ from, to, relevance, share }) => {
    const [left, right] = [placed[to], placed[from]];
    return left && right ? [draw({ left, right }, relevance, share)] : [];
  });
  const atTarget = placed
    .filter(({ node }) => node.column === 0)
    .map((left) => draw({ left, right: target }, left.node.relevance, left.node.share));
  return {
    ...{ width: target.left + nodeSize.width, height: heading + tall, nodes: placed, target },
    edges: [...between, ...atTarget].toSorted((a, b) => a.thickness - b.thickness),
    columns: columns.map((layer, column) => ({ layer, left: leftOf(column) })),
  };
}

interface Ends {
  readonly left: { readonly left: number; readonly top: number };
  readonly right: { readonly left: number; readonly top: number };
}

function curve({ left, right }: Ends): string {
  const [x1, x2] = [left.left + nodeSize.width, right.left];
  const [y1, y2] = [left.top + nodeSize.height / 2, right.top + nodeSize.height / 2];
  const middle = (x1 + x2) / 2;
  return `M ${x1} ${y1} C ${middle} ${y1}, ${middle} ${y2}, ${x2} ${y2}`;
}
