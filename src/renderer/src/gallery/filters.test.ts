import fc from 'fast-check';
import { expect, test } from 'vitest';
import { facetNames } from '#shared/contract/facets.ts';
import { sampleListSchema, type SampleList } from '#shared/contract/samples.ts';
import { hasFilters, isCell, readFacet, toggleCell, toggleFacet, withoutFilters } from './filters.ts';

const list: SampleList = { dataset: 1, prediction: 2, sort: 'confidence', descending: true };

const values = {
  ...{ split: ['Train', ''], label: ['Normal', ''], predicted: ['0', '2'], correct: ['right', 'wrong'] },
  ...{
    confidence: ['0', '4'],
    verdict: ['none', 'clean'],
    mark: ['ruler', 'hair'],
    tag: ['a', 'b'],
    heatmap: ['yes', 'no'],
  },
} as const;

const toggles = fc.array(
  fc.constantFrom(...facetNames).chain((facet) => fc.tuple(fc.constant(facet), fc.constantFrom(...values[facet]))),
);

test('any row of toggles gives a list the workbench understands; each toggled twice gives the list there was', () => {
  fc.assert(
    fc.property(toggles, (steps) => {
      const all = steps.reduce((so, [facet, value]) => toggleFacet(so, facet, value), list);
      expect(sampleListSchema.parse(all)).toEqual(all);
      expect(withoutFilters(all)).toEqual(list);
      expect(hasFilters(all)).toBe(facetNames.some((facet) => readFacet(all, facet).length > 0));
      for (const [facet, value] of steps) {
        const was = readFacet(all, facet).includes(value);
        const once = toggleFacet(all, facet, value);
        expect(readFacet(once, facet).includes(value)).toBe(!was);
        if (facet === 'correct' || facet === 'heatmap') continue;
        expect(new Set(readFacet(toggleFacet(once, facet, value), facet))).toEqual(new Set(readFacet(all, facet)));
      }
    }),
    { seed: 5 },
  );
});

test('right and wrong, with and without a heatmap, exclude each other', () => {
  const right = toggleFacet(list, 'correct', 'right');
  expect(right.correct).toBe(true);
  expect(toggleFacet(right, 'correct', 'wrong').correct).toBe(false);
  expect(toggleFacet(toggleFacet(list, 'heatmap', 'no'), 'heatmap', 'no')).toEqual(list);
});

test('a cell is one label and one prediction, and is taken back by choosing it again', () => {
  const wrong = { ...list, correct: false, label: ['Normal', 'Other'] };
  const cell = toggleCell(wrong, 'Normal', 2);
  expect(cell).toEqual({ ...list, label: ['Normal'], predicted: [2] });
  expect([isCell(cell, 'Normal', 2), isCell(cell, 'Normal', 1), isCell(wrong, 'Normal', 2)]).toEqual([
    true,
    false,
    false,
  ]);
  expect(toggleCell(cell, 'Normal', 2)).toEqual(list);
});
