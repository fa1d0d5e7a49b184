import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { computeAssociation } from './association.ts';
import type { AttributeCount } from './dataset-facts.ts';

describe("Cramér's V", () => {
  /** From the table of observed and expected counts, cell by cell. */
  function slowV(counts: readonly AttributeCount[]): number {
    const values = [...new Set(counts.map(({ value }) => value))];
    const labels = [...new Set(counts.map(({ label }) => label))];
    const observed = values.map((value) =>
      labels.map((label) =>
        counts.filter((c) => c.value === value && c.label === label).reduce((s, c) => s + c.count, 0),
      ),
    );
    const n = observed.flat().reduce((s, c) => s + c, 0);
    let chiSquared = 0;
    observed.forEach((row) => {
      row.forEach((cell, j) => {
        const inColumn = observed.reduce((s, other) => s + (other[j] ?? 0), 0);
        const inRow = row.reduce((s, c) => s + c, 0);
        const expected = (inRow * inColumn) / n;
        chiSquared += (cell - expected) ** 2 / expected;
      });
    });
    const r = values.length;
    const k = labels.length;
    const phi = Math.max(0, chiSquared / n - ((r - 1) * (k - 1)) / (n - 1));
    const rows = r - (r - 1) ** 2 / (n - 1);
    const columns = k - (k - 1) ** 2 / (n - 1);
    return Math.sqrt(phi / Math.min(rows - 1, columns - 1));
  }

  it('is that of the textbook', () => {
    const cell = fc.integer({ min: 1, max: 500 });
    const grid = fc
      .tuple(fc.integer({ min: 2, max: 4 }), fc.integer({ min: 2, max: 4 }))
      .chain(([rows, columns]) =>
        fc.array(fc.array(cell, { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows }),
      );
    fc.assert(
      fc.property(grid, (table) => {
        const counts = table.flatMap((row, value) =>
          row.map((found, label) => ({ value: `v${value}`, label: `l${label}`, count: found })),
        );
        expect(computeAssociation(counts)?.cramersV).toBeCloseTo(Math.min(1, slowV(counts)), 9);
      }),
    );
  });

  it('is 1 where one tells the other, 0 where it tells nothing, and nothing where there is one value', () => {
    const counts = (table: readonly (readonly [string, string, number])[]): AttributeCount[] =>
      table.map(([value, label, found]) => ({ value, label, count: found }));
    expect(
      computeAssociation(
        counts([
          ['a', 'x', 500],
          ['b', 'y', 500],
        ]),
      )?.cramersV,
    ).toBeCloseTo(1, 2);
    const even = counts([
      ['a', 'x', 50],
      ['a', 'y', 50],
      ['b', 'x', 50],
      ['b', 'y', 50],
    ]);
    expect(computeAssociation(even)?.cramersV).toBe(0);
    expect(
      computeAssociation(
        counts([
          ['a', 'x', 5],
          ['a', 'y', 5],
        ]),
      ),
    ).toBeUndefined();
    expect(
      computeAssociation(
        counts([
          ['a', 'x', 5],
          ['b', 'x', 5],
        ]),
      ),
    ).toBeUndefined();
    expect(computeAssociation([])).toBeUndefined();
  });

  it('names the value whose share differs most', () => {
    const association = computeAssociation([
      { value: 'AP', label: 'sick', count: 90 },
      { value: 'PA', label: 'sick', count: 10 },
      { value: 'AP', label: 'well', count: 20 },
      { value: 'PA', label: 'well', count: 180 },
    ]);
    expect(association).toMatchObject({
      samples: 300,
      value: 'AP',
      most: { label: 'sick', share: 0.9, total: 100 },
      least: { label: 'well', share: 0.1, total: 200 },
    });
  });
});
