/** An undirected graph without weights: for each node the nodes it is joined with, in rising order. */
export type Affinity = readonly (readonly number[])[];

/** Two maps are joined where either is among the nearest of the other (Lapuschkin et al. 2019; von Luxburg 2007, section 2.2). */
export function joinNeighbours(indices: readonly (readonly number[])[]): Affinity {
  const joined = indices.map(() => new Set<number>());
  indices.forEach((nearest, from) => {
    for (const to of nearest) {
      joined[from]?.add(to);
      joined[to]?.add(from);
    }
  });
  return joined.map((nodes) => [...nodes].sort((a, b) => a - b));
}

/** The connected parts of a graph, each in rising order, in the order of their first nodes. */
export function findComponents(affinity: Affinity): readonly (readonly number[])[] {
  const seen = new Uint8Array(affinity.length);
  const components: number[][] = [];
  affinity.forEach((_, start) => {
    if (seen[start] === 1) return;
    const [component, open] = [[] as number[], [start]];
    seen[start] = 1;
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      component.push(node);
      for (const next of affinity[node] ?? []) {
        if (seen[next] === 1) continue;
        seen[next] = 1;
        open.push(next);
      }
    }
    components.push(component.sort((a, b) => a - b));
  });
  return components;
}

/** The part of a graph among some of its nodes, numbered anew in their order. */
export function cutComponent(affinity: Affinity, nodes: readonly number[]): Affinity {
  const places = new Map(nodes.map((node, place) => [node, place]));
  return nodes.map((node) => (affinity[node] ?? []).flatMap((other) => places.get(other) ?? []));
}
