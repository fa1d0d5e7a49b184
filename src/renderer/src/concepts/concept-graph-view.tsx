import { useMemo, type CSSProperties, type JSX } from 'react';
import type { ConceptGraph } from '#shared/contract/concepts.ts';
import { openConcept } from './concept-state.ts';
import { layOutGraph, nodeSize, type PlacedNode } from './lay-out-graph.ts';

interface ConceptGraphViewProps {
  readonly graph: ConceptGraph;
  /** The explained class. */
  readonly target: string;
}

/** Concepts from the picture on the left to the class on the right; the Tab key goes through them in that order. */
export function ConceptGraphView({ graph, target }: ConceptGraphViewProps): JSX.Element {
  const { width, height, nodes, edges, columns, target: place } = useMemo(() => layOutGraph(graph), [graph]);
  const inOrder = nodes.toSorted((a, b) => a.left - b.left || a.top - b.top);
  return (
    <div className="graph-scroll">
      <div className="graph" style={{ width, height }} data-testid="concept-graph">
        <svg viewBox={`0 0 ${width} ${height}`} aria-hidden>
          {edges.map(({ path, thickness, speaksFor, share }, index) => (
            <path key={index} d={path} strokeWidth={thickness} className={speaksFor ? 'for' : 'against'}>
              <title>{showShare(share)}</title>
            </path>
          ))}
        </svg>
        {columns.map(({ layer, left }) => (
          <div key={layer} className="graph-column" style={{ left, width: nodeSize.width }}>
            {layer}
          </div>
        ))}
        {inOrder.map((placed) => (
          <Node key={`${placed.layer} ${placed.node.channel}`} {...placed} />
        ))}
        <div className="graph-node target" style={placeAt(place)}>
          {target}
        </div>
      </div>
    </div>
  );
}

function Node({ node, layer, left, top }: PlacedNode): JSX.Element {
  const { channel, share } = node;
  return (
    <button
      type="button"
      className="graph-node"
      style={placeAt({ left, top })}
      aria-label={`${layer}, channel ${channel}, ${showShare(share)} of its layer; opens its page`}
      onClick={() => {
        openConcept(layer, channel);
      }}
    >
      <span>{channel}</span>{' '}
      <span className={share < 0 ? 'graph-share against' : 'graph-share'}>{showShare(share)}</span>
    </button>
  );
}

const placeAt = ({ left, top }: { readonly left: number; readonly top: number }): CSSProperties => ({
  ...{ left, top, width: nodeSize.width, height: nodeSize.height },
});

const showShare = (share: number): string => `${(100 * share).toFixed(1).replace('-', '\u2212')}%`;
