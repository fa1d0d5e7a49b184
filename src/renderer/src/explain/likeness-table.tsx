import { useMemo, type JSX } from 'react';
import { compareMaps } from '#shared/map-similarity.ts';
import { toEvidence } from './map-scale.ts';
import type { Explanation } from './explanation.ts';

/** How alike the maps of all composites are, each with each. */
export function LikenessTable({ explanations }: { readonly explanations: readonly Explanation[] }): JSX.Element {
  const { table, places } = useMemo(() => compareHere(explanations), [explanations]);
  return (
    <div className="likeness">
      <table data-testid="likeness">
        <caption title="Spearman's rank correlation of the maps, pooled to 28 × 28 fields: 1 is the same order of fields, 0 none.">
          How alike (Spearman, 28 × 28 fields)
        </caption>
        <thead>
          <tr>
            <td />
            {explanations.slice(0, -1).map(({ composite }, column) => (
              <th key={composite} scope="col" title={composite} aria-label={composite}>
                {column + 1}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {explanations.map(({ composite }, row) => (
            <tr key={composite}>
              <th scope="row">
                {row + 1} {composite}
              </th>
              {explanations.slice(0, row).map((other, column) => (
                <LikenessCell
                  key={other.composite}
                  pair={`${composite} and ${other.composite}`}
                  value={table[places[row] ?? -1]?.[places[column] ?? -1]}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The maps that are here, each with each, and where each explanation stands among them. */
function compareHere(explanations: readonly Explanation[]): {
  readonly table: readonly (readonly number[])[];
  readonly places: readonly number[];
} {
  const maps = explanations.map(toEvidence);
  const here = maps.flatMap((map) => map ?? []);
  return { table: compareMaps(here), places: maps.map((map) => (map ? here.indexOf(map) : -1)) };
}

interface CellProps {
  readonly pair: string;
  /** Undefined until both maps are here. */
  readonly value: number | undefined;
}

function LikenessCell({ pair, value }: CellProps): JSX.Element {
  const strength = value === undefined || Number.isNaN(value) ? 0 : Math.abs(value);
  return (
    <td title={pair} style={{ background: `rgb(229 144 29 / ${(0.45 * strength).toFixed(2)})` }}>
      {value === undefined ? '…' : Number.isNaN(value) ? 'none' : value.toFixed(2).replace('-', '\u2212')}
    </td>
  );
}
