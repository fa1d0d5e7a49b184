import { expect, test } from 'vitest';
import { chooseModel, chooseSecond, listTargets, nextTarget, readListed, resolveTarget } from './resolve-question.ts';

const labels = ['COVID-19', 'Non-COVID', 'Normal'];
const model = (id: number, setups: number[], names = labels) => ({ id, name: `m${id}`, labels: names, setups });
const models = [model(1, [10, 11]), model(2, [20], ['benign', 'malignant']), model(3, [30])];

test('the model is the chosen one, else that of what is listed, else the first', () => {
  expect(chooseModel(models, 3, [10])?.id).toBe(3);
  expect(chooseModel(models, undefined, [undefined, 30])?.id).toBe(3);
  expect(chooseModel(models, 99, [])?.id).toBe(1);
});

test('the other model tells the same classes apart, if there is one', () => {
  const [first, skin] = [models[0] ?? model(0, []), models[1] ?? model(0, [])];
  expect(chooseSecond(models, first, undefined)?.id).toBe(3);
  expect(chooseSecond(models, first, 2)?.id).toBe(2);
  expect(chooseSecond(models, skin, undefined)?.id).toBe(3);
  expect(chooseSecond([first], first, undefined)).toBeUndefined();
});

test('what the list shows is what opens', () => {
  const setup = {
    id: 1,
    modelId: 1,
    kind: 'attribution',
    model: 'm',
    labels,
    composite: 'EpsilonPlus',
    datasets: [],
  } as const;
  expect(readListed({ ...setup, datasets: [], labels: [...labels], target: 'non-covid' })).toEqual({
    composite: 'EpsilonPlus',
    target: 1,
  });
  expect(readListed({ ...setup, datasets: [], labels: [...labels], target: 'label' }).target).toBe('label');
  expect(readListed({ ...setup, datasets: [], labels: [], target: '2' }).target).toBe(2);
  expect(readListed(undefined)).toEqual({ composite: 'EpsilonPlusFlat', target: 'predicted' });
});

test('the target goes from what is predicted to what is true to the rest, each class once', () => {
  const wrong = { labels, label: 'Normal', predicted: 0 };
  expect(listTargets(wrong)).toEqual(['predicted', 'label', 1]);
  expect(nextTarget('predicted', wrong)).toBe('label');
  expect(nextTarget('label', wrong)).toBe(1);
  expect(nextTarget(1, wrong)).toBe('predicted');
  expect(nextTarget(2, wrong)).toBe(1);
  expect(listTargets({ ...wrong, predicted: 2 })).toEqual(['predicted', 0, 1]);
});

test('what a picture does not have falls back to what is predicted', () => {
  expect(resolveTarget('label', { labels, label: undefined, predicted: 2 })).toBe(2);
  expect(resolveTarget('label', { labels, label: 'normal', predicted: 0 })).toBe(2);
  expect(resolveTarget(7, { labels, label: undefined, predicted: undefined })).toBe('predicted');
});
