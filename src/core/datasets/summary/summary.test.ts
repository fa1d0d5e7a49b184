import { describe, expect, it } from 'vitest';
import type { SampleEntry } from '#shared/samples.ts';
import { tabulateClasses } from './class-table.ts';
import { compareCovidCounts } from './covid-qu-ex-counts.ts';
import type { DatasetFacts } from './dataset-facts.ts';
import { createFactCounter } from './fact-counter.ts';
import { summariseDataset } from './summarise.ts';
import { findWarnings } from './warnings.ts';

const sample = (facts: Partial<SampleEntry>): SampleEntry => ({ path: 'x.png', masks: [], metadata: {}, ...facts });
const times = <Value>(count: number, value: Value): Value[] => Array.from({ length: count }, () => value);

const noFacts: DatasetFacts = {
  layout: 'folders',
  samples: [],
  masks: [],
  withPatient: 0,
  patients: 0,
  patientsAcrossSplits: 0,
  attributes: {},
  problems: [],
};

function count(samples: readonly SampleEntry[]): DatasetFacts {
  const counter = createFactCounter('folders');
  counter.add({ samples, problems: [] });
  return counter.facts();
}

describe('counting', () => {
  it('adds up splits, classes, masks, patients and problems', () => {
    const counter = createFactCounter('covid-qu-ex');
    const facts = { split: 'Train', label: 'Normal', collection: 'lung' } as const;
    const mask = { kind: 'lung', path: 'm.png' };
    counter.add({
      samples: [
        sample({ ...facts, masks: [mask], patient: 'A' }),
        sample({ ...facts, patient: 'A' }),
        sample({ ...facts, split: 'Test', masks: [mask], patient: 'A' }),
        sample({ ...facts, split: 'Test', patient: 'B' }),
        sample({ ...facts }),
      ],
      problems: [],
    });
    counter.add({ samples: [], problems: times(7, { kind: 'repeated-row', path: 'x.csv', sentence: 'Again.' }) });
    expect(counter.facts()).toEqual({
      layout: 'covid-qu-ex',
      samples: [
        { ...facts, count: 3 },
        { ...facts, split: 'Test', count: 2 },
      ],
      masks: [{ kind: 'lung', collection: 'lung', found: 2 }],
      withPatient: 4,
      patients: 2,
      patientsAcrossSplits: 1,
      attributes: {
        'patient id': [
          { value: 'given', label: 'Normal', count: 4 },
          { value: 'none', label: 'Normal', count: 1 },
        ],
      },
      problems: [{ kind: 'repeated-row', count: 7, examples: times(5, 'Again.') }],
    });
  });

  it('counts attributes with few values, ages in bands, blanks as a value; nothing that names persons or the answer', () => {
    const facts = count([
      sample({ label: 'a', metadata: { view: 'AP', age: 47, physician: 'Dr. No', diagnosis: 'a', uid: 1 } }),
      sample({ label: 'a', metadata: { view: 'PA', age: 48 } }),
      sample({ label: 'b', metadata: { age: 'unknown' } }),
      sample({ metadata: { view: 'AP' } }),
      ...Array.from({ length: 40 }, (_, at) => sample({ label: 'b', metadata: { reading: at } })),
    ]);
    expect(Object.keys(facts.attributes)).toEqual(['patient id', 'view', 'age']);
    expect(facts.attributes['view']).toEqual([
      { value: 'AP', label: 'a', count: 1 },
      { value: 'PA', label: 'a', count: 1 },
      { value: '', label: 'b', count: 41 },
    ]);
    expect(facts.attributes['age']).toEqual([
      { value: '45-49', label: 'a', count: 2 },
      { value: '', label: 'b', count: 41 },
    ]);
  });
});

describe('the table of splits and classes', () => {
  it('has train before validation before test, classes in natural order, what is unknown last', () => {
    const rows = [
      ['test', 'grade 10'],
      ['valid', 'grade 2'],
      [undefined, undefined],
      ['Train', 'grade 2'],
      ['extra', 'grade 2'],
      ['Train', 'grade 2'],
    ] as const;
    const facts = count(rows.map(([split, label]) => sample({ split, label })));
    expect(tabulateClasses(facts)).toEqual([
      {
        collection: undefined,
        splits: ['Train', 'valid', 'test', 'extra', undefined],
        labels: ['grade 2', 'grade 10', undefined],
        counts: [
          [2, 0, 0],
          [1, 0, 0],
          [0, 1, 0],
          [1, 0, 0],
          [0, 0, 1],
        ],
      },
    ]);
  });
});

describe('warnings', () => {
  it('are none for a dataset without known traps', () => {
    const samples = ['train', 'test'].flatMap((split) =>
      ['a', 'b'].flatMap((label) =>
        times(30, 0).map((_, at) =>
          sample({ split, label, patient: `${split}${at}`, metadata: { sex: at % 2 ? 'M' : 'F' } }),
        ),
      ),
    );
    expect(findWarnings(count(samples))).toEqual([]);
    expect(findWarnings(noFacts)).toEqual([]);
  });

  it('name what goes with the label, with the numbers', () => {
    const samples = [
      ...times(60, sample({ label: 'COVID-19', metadata: { source: 'Hannover' } })),
      ...times(40, sample({ label: 'COVID-19', metadata: { source: 'SIRM' } })),
      ...times(99, sample({ label: 'Normal', metadata: { source: 'RSNA' } })),
      sample({ label: 'Normal' }),
    ];
    expect(findWarnings(count(samples))).toEqual([
      'No sample names a patient, so patient-level splits cannot be verified.',
      'The label can be told from the source (Cramér\'s V 0.99): 99 % of 100 Normal samples have source "RSNA", 0 % of 100 COVID-19.',
    ]);
  });

  it('are not given for what chance brings about in small datasets', () => {
    const samples = Array.from({ length: 24 }, (_, at) =>
      sample({ label: at % 2 ? 'a' : 'b', patient: `${at}`, metadata: { view: String(at % 7) } }),
    );
    expect(findWarnings(count(samples))).toEqual([]);
  });

  it('name patients in two splits, missing labels, unequal classes, gaps, and classes that may be patients', () => {
    const samples = [
      ...times(30, sample({ split: 'train', label: 'a', patient: 'P' })),
      ...times(10, sample({ split: 'train', label: 'b', patient: 'Q' })),
      ...times(5, sample({ split: 'test', label: 'a', patient: 'P' })),
      ...times(5, sample({ split: 'test', patient: 'R' })),
    ];
    expect(findWarnings(count(samples))).toEqual([
      '1 of 3 patients has samples in more than one split.',
      '5 of 50 samples have no label.',
      'Classes are unequal: 3.5 a for each b (35 and 10); accuracy alone misleads.',
      'test has no b.',
    ]);
    const many = Array.from({ length: 51 }, (_, at) => sample({ label: `p${at}`, patient: 'x' }));
    expect(findWarnings(count(many))).toEqual([
      'There are 51 classes; if they are patients or files, the layout is another.',
    ]);
  });
});

describe('the summary', () => {
  it('says in sentences what was counted', () => {
    const counter = createFactCounter('folders');
    const mask = { kind: 'lung', path: 'm.png' };
    counter.add({
      samples: [
        sample({ split: 'Train', label: 'a', patient: 'P', masks: [mask] }),
        sample({ split: 'Test', label: 'b', patient: 'Q' }),
      ],
      problems: [
        ...times(1200, {
          kind: 'row-without-picture',
          path: 't.csv',
          sentence: 'Row 2 of "t.csv" names "x".',
        } as const),
        { kind: 'unreadable-folder', path: 'x', sentence: 'The folder "x" cannot be read (EACCES).' },
      ],
    });
    const facts = counter.facts();
    const decoded = { ...facts, masks: facts.masks.map((found) => ({ ...found, empty: 1 })) };
    expect(summariseDataset(facts)).toMatchObject({
      total: 2,
      sentences: [
        '2 pictures of 2 patients in 2 splits and 2 classes.',
        '1 of 2 pictures has a lung mask.',
        '1,200 times: row whose picture is not there. The first: Row 2 of "t.csv" names "x".',
        'Once: folder that cannot be read. The folder "x" cannot be read (EACCES).',
      ],
    });
    expect(summariseDataset(decoded).sentences[1]).toBe('1 of 2 pictures has a lung mask, 1 of them empty.');
    const infection = { ...facts, masks: [{ kind: 'infection', found: 2 }] };
    expect(summariseDataset(infection).sentences[1]).toBe('2 of 2 pictures have an infection mask.');
    expect(summariseDataset(noFacts)).toMatchObject({ total: 0, tables: [], sentences: ['0 pictures.'] });
  });

  it('compares COVID-QU-Ex with the published counts', () => {
    const part = (counts: readonly number[], collection: string): DatasetFacts['samples'] =>
      ['COVID-19', 'Non-COVID', 'Normal'].map((label, at) => ({ label, collection, count: counts[at] ?? 0 }));
    const compare = (samples: DatasetFacts['samples']): string[] =>
      compareCovidCounts({ layout: 'covid-qu-ex', samples });
    expect(compare(part([11_956, 11_263, 10_701], 'lung'))).toEqual([
      'The lung part is complete: 33,920 pictures as published.',
    ]);
    expect(compare([...part([1, 2, 3], 'lung'), ...part([2913, 1457, 1456], 'infection')])).toEqual([
      'The lung part differs from the published one: 33,920 expected, 6 found (COVID-19 11,956 and 1, Non-COVID 11,263 and 2, Normal 10,701 and 3).',
      'The infection part is complete: 5,826 pictures as published.',
    ]);
    expect(compareCovidCounts({ layout: 'folders', samples: part([1, 2, 3], 'lung') })).toEqual([]);
  });
});
