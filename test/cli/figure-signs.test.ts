import { mkdtemp, readFile, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { decodePicture } from '#core/imaging/index.ts';
import type { ExplainReport } from '#core/workbench/index.ts';
import { projectFolder, runLightbox } from './run-lightbox.ts';

/**
 * The demo network takes the lead marker for Non-COVID. So the marker speaks for Non-COVID and against Normal, whose logit is
 * negative here: by itself relevance from 1 is above zero for both.
 */
let folder: string;
beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'lightbox-signs-')));
});
afterAll(() => rm(folder, { recursive: true }));

const demo = join(projectFolder, 'models', 'demo');
const marked = join(demo, 'pictures', 'phantom-01-non-covid-marker.png');

async function explain(target: string, initial: 'one' | 'logit'): Promise<ExplainReport['explanations'][number]> {
  const model = join(demo, 'resnet-phantom.onnx');
  const out = join(folder, `${target}-${initial}`);
  const args = [
    '--model',
    model,
    '--target',
    target,
    '--initial',
    initial,
    '--out',
    out,
    '--provider',
    'cpu',
    '--json',
  ];
  const { stdout, stderr } = await runLightbox(['explain', marked, ...args]);
  expect(stderr).toBe('');
  const [explanation] = (JSON.parse(stdout) as ExplainReport).explanations;
  if (!explanation) throw new Error(stdout);
  return explanation;
}

/** Red less blue about the marker of an overlay, which lies in its upper right: above zero is orange, below blue. */
async function warmthAtMarker(target: string, initial: 'one' | 'logit', file: string): Promise<number> {
  const { width, height, samples } = await decodePicture(join(folder, `${target}-${initial}`, file));
  let warmth = 0;
  for (let y = Math.round(0.1 * height); y < 0.27 * height; y++) {
    for (let x = Math.round(0.68 * width); x < 0.8 * width; x++) {
      const at = 3 * (y * width + x);
      warmth += (samples[at] ?? NaN) - (samples[at + 2] ?? NaN);
    }
  }
  return warmth;
}

test.each(['one', 'logit'] as const)('orange speaks for the class and blue against it, from %s', async (initial) => {
  const own = await explain('Non-COVID', initial);
  expect([own.look.turned, own.warnings]).toEqual([false, []]);
  expect(await warmthAtMarker('Non-COVID', initial, own.files.overlay)).toBeGreaterThan(10_000);

  const other = await explain('Normal', initial);
  expect(other.target.logit).toBeLessThan(0);
  expect(other.look.turned).toBe(initial === 'one');
  expect(other.warnings).toHaveLength(initial === 'one' ? 1 : 0);
  expect(await warmthAtMarker('Normal', initial, other.files.overlay)).toBeLessThan(-10_000);
  const record = await readFile(
    join(folder, `Normal-${initial}`, other.files.overlay.replace('.overlay.png', '.json')),
  );
  expect((JSON.parse(record.toString()) as { look: object }).look).toEqual(other.look);
});
