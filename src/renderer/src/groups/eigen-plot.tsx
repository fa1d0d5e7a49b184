import type { JSX } from 'react';
import type { GroupingView } from '#shared/contract/groups.ts';
import { groupWords } from './words.ts';

const [WIDTH, HEIGHT, LEFT, BOTTOM] = [252, 104, 30, 18];

/** The smallest eigenvalues, with the gap that says how many groups there are. */
export function EigenPlot({ view }: { readonly view: GroupingView }): JSX.Element {
  const { eigenvalues, groups } = view;
  const highest = Math.max(...eigenvalues, 1e-9);
  const x = (at: number): number => LEFT + ((at + 0.5) / eigenvalues.length) * (WIDTH - LEFT);
  const y = (value: number): number => 6 + (1 - value / highest) * (HEIGHT - BOTTOM - 6);
  const gap = groups.length;
  const text = eigenvalues.map((value) => value.toFixed(3)).join(', ');
  return (
    <section className="group-part" title={groupWords.eigengapTip}>
      <h3>{groupWords.eigengap}</h3>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={`${groupWords.eigengap}: ${text}`}>
        <path d={`M${LEFT} 6V${HEIGHT - BOTTOM}H${WIDTH}`} className="axis" />
        <text x={LEFT - 4} y={10} textAnchor="end">
          {highest.toFixed(2)}
        </text>
        <text x={LEFT - 4} y={HEIGHT - BOTTOM} textAnchor="end">
          0
        </text>
        {gap < eigenvalues.length && (
          <rect
            className="gap"
            {...{ x: x(gap - 1), width: x(gap) - x(gap - 1), y: y(eigenvalues[gap] ?? 0) }}
            height={Math.max(1, y(eigenvalues[gap - 1] ?? 0) - y(eigenvalues[gap] ?? 0))}
          />
        )}
        {eigenvalues.map((value, at) => (
          <g key={at}>
            <circle cx={x(at)} cy={y(value)} r={3.5} className={at < gap ? 'before' : 'behind'} />
            <text x={x(at)} y={HEIGHT - 4} textAnchor="middle">
              {at + 1}
            </text>
          </g>
        ))}
      </svg>
    </section>
  );
}
