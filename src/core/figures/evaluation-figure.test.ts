import { describe, expect, it } from 'vitest';
import { evaluate } from '#core/audit/index.ts';
import type { Evaluation, EvaluationCase } from '#core/audit/index.ts';
import { createRandomWords } from '#shared/random-words.ts';
import { renderEvaluationFigure } from './evaluation-figure.ts';
import { createLook } from './figure-look.ts';
import type { FigureThemeName } from './figure-look.ts';
import type { Figure } from './figure.ts';
import { formatCount, formatInterval, formatPercent, formatShare } from './number-format.ts';
import { plotMarginLeft } from './plot.ts';
import type { FigureProvenance } from './provenance.ts';
import { isInside, overlaps, readSvg } from './read-svg.ts';
import type { ReadFigure } from './read-svg.ts';
import { renderFigurePng } from './render-png.ts';

const provenance: FigureProvenance = {
  model: { title: 'resnet50', sha256: '0123456789abcdef'.repeat(4) },
  dataset: 'COVID-QU-Ex',
  split: 'Test',
  samples: 400,
  version: '1.2.3',
  created: '2026-11-27T10:00:00.000Z',
};

/** Seeded cases whose true class tends to have the largest probability. */
function drawCases(count: number, classes: number): EvaluationCase[] {
  const draw = createRandomWords(`${count} ${classes}`);
  const uniform = (): number => draw() / 2 ** 32;
  return Array.from({ length: count }, (_, index) => {
    const truth = Math.floor(uniform() * classes);
    const weights = Array.from({ length: classes }, (__, label) => Math.exp(4 * uniform() + (label === truth ? 2 : 0)));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return { id: String(index), truth, probabilities: weights.map((weight) => weight / total) };
  });
}

const evaluateDrawn = (count: number, labels: readonly string[]): Evaluation =>
  evaluate(drawCases(count, labels.length), { labels, bootstrap: { resamples: 50 } });

const render = (evaluation: Evaluation, theme: FigureThemeName = 'print'): Figure =>
  renderEvaluationFigure(evaluation, { title: 'Test set', provenance, theme });

const three = evaluateDrawn(400, ['COVID-19', 'Non-COVID', 'Normal']);
const longLabels = [
  'COVID-19 pneumonia confirmed by RT-PCR within 48 hours',
  'Non-COVID infection (viral or bacterial pneumonia)',
  'Supercalifragilisticexpialidociousfinding',
];
const findings =
  'Atelectasis,Cardiomegaly,Consolidation,Edema,Effusion,Enlarged Cardiomediastinum,Lung Opacity,No Finding,Pleural Other,Support Devices';
const evaluations: readonly (readonly [string, Evaluation])[] = [
  ['three classes', three],
  ['two classes', evaluateDrawn(300, ['benign', 'malignant'])],
  ['long names', evaluateDrawn(300, longLabels)],
  ['ten classes', evaluateDrawn(14_000, findings.split(','))],
  ['sixty classes', evaluateDrawn(3000, Array.from({ length: 60 }, (_, index) => `class ${index}`))],
  ['four cases', evaluateDrawn(4, ['COVID-19', 'Non-COVID', 'Normal'])],
  ['an absent class', evaluate(drawCases(50, 3).filter(({ truth }) => truth !== 2), { labels: ['a', 'b', 'c'] })],
  ['no intervals', evaluate(drawCases(50, 3), { labels: ['a', 'b', 'c'], bootstrap: false })],
  ['letters the font lacks', evaluateDrawn(100, ['\u80ba\u708e', 'W'.repeat(200), ''])],
]; // prettier-ignore

describe.each(evaluations)('%s', (_, evaluation) => {
  const figure = render(evaluation);
  const read = readSvg(figure.svg);

  it('keeps every text inside the figure, at a size that reads', () => {
    const page = { left: 0, top: 0, right: figure.width, bottom: figure.height };
    for (const text of read.texts) {
      expect(isInside(text, page), text.text).toBe(true);
      expect(text.size).toBeGreaterThanOrEqual(10);
    }
  });

  it('keeps texts off each other', () => {
    // The boxes of leaning texts overlap where their ink does not.
    const upright = read.texts.filter(({ turn }) => turn !== -45);
    const clashes = upright.flatMap((a, index) =>
      upright.slice(index + 1).flatMap((b) => (overlaps(a, b) ? [`${a.text} / ${b.text}`] : [])),
    );
    expect(clashes).toEqual([]);
  });

  it('keeps every number of the matrix inside its cell', () => {
    const cells = matrixCells(read);
    expect(cells.length).toBe(Math.min(20, evaluation.labels.length) ** 2);
    for (const cell of cells) {
      const inside = read.texts.filter((text) => overlaps(text, cell));
      expect(inside.length).toBeGreaterThanOrEqual(1);
      expect(inside.every((text) => isInside(text, cell))).toBe(true);
    }
  });

  it('renders as PNG', async () => {
    expect((await renderFigurePng(figure, 0.5)).length).toBeGreaterThan(1000);
  });
});

/** Cells are the only squares with a frame. */
const matrixCells = ({ rects }: ReadFigure): ReadFigure['rects'] =>
  rects.filter(({ attributes }) => attributes['stroke'] !== undefined);

describe('what it shows', () => {
  const read = readSvg(render(three).svg);
  const texts = read.texts.map(({ text }) => text);
  const intervals = three.intervals;

  it('is the AUC of each class, and their mean, with intervals', () => {
    three.classes.forEach(({ label, auc }, index) => {
      const row = rowOf(read, label, 'AUC');
      expect(row).toEqual([formatShare(auc), formatInterval(intervals?.classes[index]?.auc).trim()]);
    });
    expect(rowOf(read, 'Mean of classes')).toEqual([
      formatShare(three.meanAuc),
      formatInterval(intervals?.meanAuc).trim(),
    ]);
  });

  it('is sensitivity and specificity of each class', () => {
    three.classes.forEach(({ label, positives, sensitivity, specificity }, index) => {
      const own = intervals?.classes[index];
      expect(rowOf(read, label, 'Sensitivity')).toEqual([
        formatCount(positives),
        formatShare(sensitivity) + formatInterval(own?.sensitivity),
        formatShare(specificity) + formatInterval(own?.specificity),
      ]);
    });
  });

  it('is the confusion matrix with the shares of its rows', () => {
    const shown = matrixCells(read).map((cell) =>
      read.texts.filter((text) => isInside(text, cell)).map(({ text }) => text),
    );
    const expected = three.confusion.flatMap((row, truth) =>
      row.map((count) => [formatCount(count), formatPercent(count / (three.classes[truth]?.positives ?? 0))]),
    );
    expect(shown).toEqual(expected);
  });

  it('is the numbers of the whole set', () => {
    const { calibration } = three;
    expect(rowOf(read, 'Accuracy', 'Whole set')).toEqual([
      formatShare(three.accuracy),
      formatInterval(intervals?.accuracy).trim(),
    ]);
    expect(rowOf(read, 'ECE, 15 bins of equal width')).toEqual([formatShare(calibration.equalWidth.ece)]);
    expect(rowOf(read, 'Brier score (0 to 2)')).toEqual([calibration.brier.toFixed(3)]);
  });

  it('is the curve of each class', () => {
    const side = 400 - plotMarginLeft;
    three.classes.forEach(({ roc }, index) => {
      const color = createLook('print').series[index];
      const curve = read.paths.find(({ stroke, d = '' }) => stroke === color && d.split('L').length > 3);
      const drawn = (curve?.['d'] ?? '').slice(1).split('L').map((point) => point.split(' ').map(Number)); // prettier-ignore
      const places = roc.map(({ fpr, tpr }) => `${(fpr * side).toFixed(1)} ${((1 - tpr) * side).toFixed(1)}`);
      expect(drawn[0]).toEqual([0, side]);
      expect(drawn.at(-1)).toEqual([side, 0]);
      for (const [x = NaN, y = NaN] of drawn) {
        expect(places.some((place) => isNear(place, x, y)), `${x} ${y}`).toBe(true); // prettier-ignore
      }
      expect(areaBelow(drawn, side)).toBeCloseTo(three.classes[index]?.auc ?? NaN, 3);
    });
  });

  it('is where the numbers come from', () => {
    const footer = texts.find((text) => text.startsWith('Model '));
    expect(footer).toBe(
      'Model resnet50 (sha256 0123456789ab) \u00b7 dataset COVID-QU-Ex \u00b7 split Test \u00b7 400 samples \u00b7 Relevance Lightbox 1.2.3 \u00b7 2026-11-27',
    );
  });

  it('is every warning', () => {
    const few = evaluateDrawn(4, ['COVID-19', 'Non-COVID', 'Normal']);
    const shown = readSvg(render(few).svg)
      .texts.map(({ text }) => text)
      .join(' ');
    expect(few.warnings.length).toBeGreaterThan(2);
    for (const warning of few.warnings) expect(shown).toContain(warning);
  });
});

/** The texts to the right of a name on its line; `below` is a heading above it, where a name occurs in several tables. */
function rowOf({ texts }: ReadFigure, name: string, below?: string): string[] {
  const heads = texts.filter(({ text }) => text === below);
  const named = texts.filter(({ text }) => text === name);
  const label = named.find((one) => below === undefined || heads.some((head) => isTableHead(one, head)));
  const sameLine = texts.filter((one) => one.top === label?.top && one.left > label.left + 1);
  return sameLine.filter((one) => Math.abs(one.left - (label?.left ?? 0)) < 420).map(({ text }) => text);
}

const isTableHead = (name: ReadFigure['texts'][number], head: ReadFigure['texts'][number]): boolean =>
  name.top > head.bottom && name.top - head.bottom < 120 && head.right > name.left && head.right - name.left < 420;

const isNear = (place: string, x: number, y: number): boolean => {
  const [placeX = NaN, placeY = NaN] = place.split(' ').map(Number);
  return Math.abs(placeX - x) < 0.1 && Math.abs(placeY - y) < 0.1;
};

const areaBelow = (points: readonly (readonly number[])[], side: number): number =>
  points.slice(1).reduce((area, [x = 0, y = 0], index) => {
    const [beforeX = 0, beforeY = 0] = points[index] ?? [];
    return area + ((x - beforeX) * (side - y + (side - beforeY))) / 2 / side ** 2;
  }, 0);

describe('the document', () => {
  it('is the same every time', async () => {
    expect(render(three)).toEqual(render(three));
    const [first, second] = [await renderFigurePng(render(three)), await renderFigurePng(render(three))];
    expect(first.equals(second)).toBe(true);
  });

  it('escapes labels and titles', async () => {
    const labels = ['<b>&"', "it's", ']]>\u0001'];
    const figure = renderEvaluationFigure(evaluateDrawn(60, labels), { title: '<script>&"</script>', provenance });
    for (const raw of ['<b>', '<script>', '\u0001']) expect(figure.svg).not.toContain(raw);
    expect(readSvg(figure.svg).texts.map(({ text }) => text)).toEqual(expect.arrayContaining(['<b>&"', "it's"]));
    expect((await renderFigurePng(figure)).length).toBeGreaterThan(1000);
  });

  it('names the 20 classes of many that have the lowest AUC', () => {
    const labels = Array.from({ length: 25 }, (_, index) => `class ${index}`);
    const evaluation = evaluateDrawn(1000, labels);
    const texts = readSvg(render(evaluation).svg).texts.map(({ text }) => text);
    const worst = evaluation.classes.toSorted((a, b) => (a.auc ?? 1) - (b.auc ?? 1)).slice(0, 20);
    for (const { label } of worst) expect(texts).toContain(label);
    expect(new Set(texts.filter((text) => labels.includes(text))).size).toBe(20);
    expect(texts.join(' ')).toContain('the 20 of 25 classes with the lowest AUC');
  });

  it.each(['print', 'dark'] as const)('%s stands on its own ground', (theme) => {
    const { svg, width, height } = render(three, theme);
    expect(svg).toContain(`<rect width="${width}" height="${height}" fill="${createLook(theme).ground}"/>`);
  });
});
