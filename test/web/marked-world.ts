import type { Page } from '@playwright/test';
import { expect } from 'vitest';
import { openCatalog } from '#core/catalog/index.ts';
import type { MarkShape } from '#shared/marks/mark-shape.ts';

/** Of the pictures of the small world. */
export const [width, height] = [48, 40] as const;

interface Hand {
  readonly drag: (...points: readonly (readonly [number, number])[]) => Promise<void>;
  readonly clickAt: (x: number, y: number) => Promise<void>;
}

/** A mouse that knows where the pixels of the picture are. */
export function createHand(page: () => Page): Hand {
  /** Where a point of the picture is on the screen, told by the picture's own frame. */
  const onScreen = async (x: number, y: number): Promise<[number, number]> => {
    const box = await page().getByTestId('marks').boundingBox();
    if (!box) throw new Error('There is no picture.');
    return [box.x + (x / width) * box.width, box.y + (y / height) * box.height];
  };
  const drag = async (...points: readonly (readonly [number, number])[]): Promise<void> => {
    const [first, ...others] = await Promise.all(points.map(([x, y]) => onScreen(x, y)));
    await page().mouse.move(...(first ?? [0, 0]));
    await page().mouse.down();
    for (const point of others) await page().mouse.move(...point, { steps: 4 });
    await page().mouse.up();
  };
  const clickAt = async (x: number, y: number): Promise<void> => {
    await page().mouse.click(...(await onScreen(x, y)));
  };
  return { drag, clickAt };
}

export const expectBox = (shape: MarkShape | undefined, [left, top, right, bottom]: readonly number[]): void => {
  if (shape?.form !== 'rectangle' && shape?.form !== 'ellipse') throw new Error('It is no box.');
  const found = [shape.left, shape.top, shape.left + shape.width, shape.top + shape.height];
  for (const [index, edge] of [left, top, right, bottom].entries()) expect(found[index]).toBeCloseTo(edge ?? 0, 0);
};

/** Holds the catalog for writing until its input ends. */
export const lockScript = `
const database = new (require('better-sqlite3'))(process.argv[1]);
database.exec('BEGIN IMMEDIATE');
console.log('locked');
process.stdin.resume().on('end', () => process.exit());
`;

/** Predictions written by hand, for something to be hidden. */
export function predict(file: string): void {
  const catalog = openCatalog(file);
  const labels = ['effusion', 'nodule', 'normal'];
  const model = catalog.models.insert({
    ...{ sha256: 'c'.repeat(64), file: 'm.onnx', title: 'Hand-made', labels, architecture: {} },
  }).id;
  const setup = catalog.setups.insert({ model, kind: 'prediction', settings: { input: {} } }).id;
  const numbers = { logits: Float32Array.of(2, 1, -3), probabilities: Float32Array.of(0.7, 0.2, 0.1) };
  const hashes = catalog.samples.listFiles(1).flatMap(({ contentSha256 }) => contentSha256 ?? []);
  const rows = hashes.map((contentSha256) => ({ ...numbers, contentSha256, predicted: 0, confidence: 0.7 }));
  catalog.predictions.insertAll({ setup, origin: { version: '0.1.0', provider: 'cpu' } }, rows);
  catalog.close();
}
