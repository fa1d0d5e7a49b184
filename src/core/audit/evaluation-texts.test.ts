import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { writeConfusionCsv, writeEvaluationCsv, writePredictionsCsv, writeRocCsv } from './evaluation-csv.ts';
import { describeEvaluation } from './evaluation-record.ts';
import { evaluate } from './evaluate.ts';
import { patientCases, thirtyCases } from './hand-made-cases.ts';

const labels = ['COVID-19, any', 'the "rest"', 'Läsion\nx', 'unseen'];
const cases = patientCases.map((entry) => ({ ...entry, probabilities: [...Array.from(entry.probabilities), 0] }));
const evaluation = evaluate(cases, { labels, bootstrap: { resamples: 50 } });

const read = (text: string): Record<string, string>[] => parse(text, { columns: true });
const asText = (value: number | undefined): string => (value === undefined ? '' : String(value));

describe('CSV', () => {
  it('evaluation.csv holds every number with its interval', () => {
    const rows = read(writeEvaluationCsv(evaluation));
    const find = (metric: string, label = ''): Record<string, string> | undefined =>
      rows.find((row) => row['metric'] === metric && row['class'] === label);
    expect(find('accuracy')).toEqual({
      metric: 'accuracy',
      class: '',
      value: String(evaluation.accuracy),
      low: String(evaluation.intervals?.accuracy?.low),
      high: String(evaluation.intervals?.accuracy?.high),
    });
    labels.forEach((label, index) => {
      const one = evaluation.classes[index];
      const interval = evaluation.intervals?.classes[index]?.auc;
      expect(find('auc', label)).toMatchObject({ value: asText(one?.auc), low: asText(interval?.low) });
      expect(find('specificity', label)?.['value']).toBe(asText(one?.specificity));
    });
    expect(find('auc', 'unseen')).toMatchObject({ value: '', low: '', high: '' });
    expect(writeEvaluationCsv(evaluation)).not.toMatch(/NaN|undefined|null/);
  });

  it('roc.csv holds every point', () => {
    const rows = read(writeRocCsv(evaluation));
    const points = evaluation.classes.flatMap(({ roc }) => roc);
    expect(rows.map((row) => Number(row['tpr']))).toEqual(points.map(({ tpr }) => tpr));
    expect(rows[0]).toEqual({ class: 'COVID-19, any', threshold: '', fpr: '0', tpr: '0' });
  });

  it('confusion.csv has the true classes as rows', () => {
    const rows = parse(writeConfusionCsv(evaluation));
    expect(rows[0]).toEqual(['truth', ...labels]);
    expect(rows.slice(1)).toEqual(evaluation.confusion.map((row, truth) => [labels[truth], ...row.map(String)]));
  });

  it('predictions.csv names samples, not patients', () => {
    const text = writePredictionsCsv(cases, labels);
    expect(text).not.toMatch(/patient/);
    const rows = read(text);
    expect(rows).toHaveLength(30);
    expect(rows[7]).toEqual({
      id: 'sample 7',
      truth: 'COVID-19, any',
      predicted: 'COVID-19, any',
      'probability COVID-19, any': '0.45',
      'probability the "rest"': '0.45',
      'probability Läsion\nx': '0.1',
      'probability unseen': '0',
    });
  });

  it('ends rows with CRLF and quotes by RFC 4180', () => {
    const text = writeConfusionCsv(evaluation);
    expect(text.startsWith('truth,"COVID-19, any","the ""rest""","Läsion\nx",unseen\r\n')).toBe(true);
    expect(text.endsWith('\r\n')).toBe(true);
  });
});

describe('JSON', () => {
  const record = describeEvaluation(evaluation);

  it('survives being written and read, with null for what is not defined', () => {
    expect(JSON.parse(JSON.stringify(record))).toEqual(record);
    expect(record.auc['unseen']).toBeNull();
    expect(record.intervals?.auc['unseen']).toBeNull();
  });

  it('holds the numbers by label', () => {
    labels.forEach((label, index) => {
      expect(record.auc[label]).toBe(evaluation.classes[index]?.auc ?? null);
      expect(record.intervals?.sensitivity[label]).toEqual(evaluation.intervals?.classes[index]?.sensitivity ?? null);
    });
    expect(record).toMatchObject({ accuracy: evaluation.accuracy, confusion: evaluation.confusion, cases: 30 });
    expect(record.calibration.ece).toBe(evaluation.calibration.equalWidth.ece);
  });

  it('takes any label for a key', () => {
    const odd = ['__proto__', 'constructor', '1'];
    const { auc } = describeEvaluation(evaluate(thirtyCases, { labels: odd, bootstrap: false }));
    expect(Object.keys(auc).sort()).toEqual(odd.toSorted());
    expect(Object.entries(auc).find(([label]) => label === '__proto__')?.[1]).toBeCloseTo(0.7875, 12);
  });
});
