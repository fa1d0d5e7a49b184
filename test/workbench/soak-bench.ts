/**
 * Two thousand attributions of a demo network, one after the other, and what this process and its engine hold meanwhile:
 * `node test/workbench/soak-bench.ts [COUNT]`. Ends with exit code 1 where memory does not return to its level. Needs Linux.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createWorkbench } from '#core/workbench/index.ts';
import { drawNoise } from './small-study.ts';

const [, , countText = '2000'] = process.argv;
const pictures = 125;
const rounds = Math.ceil(Number(countText) / pictures);
const models = path.resolve(import.meta.dirname, '../../models/networks');
const networks = ['chest-vgg16-biased.onnx', 'chest-resnet50-biased.onnx'].map((name) => path.join(models, name));
/** Each with each network and each target: twenty-four setups. */
const composites = ['EpsilonPlus', 'EpsilonPlusFlat', 'EpsilonAlpha2Beta1', 'EpsilonAlpha2Beta1Flat'];
/** What memory may have grown by, from the first round of all networks to the end. */
const ALLOWED = 1.15;

const residentMb = (status: string): number => Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? NaN) / 1024;

function readMemory(): { readonly host: number; readonly engine: number } {
  const tasks = `/proc/${process.pid}/task`;
  const children = readdirSync(tasks).flatMap((task) => readFileSync(`${tasks}/${task}/children`, 'utf8').split(' '));
  const engines = children.filter(Boolean).filter((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('engine-process')); // prettier-ignore
  const engine = engines.reduce((sum, pid) => sum + residentMb(readFileSync(`/proc/${pid}/status`, 'utf8')), 0);
  return { host: residentMb(readFileSync('/proc/self/status', 'utf8')), engine };
}

const folder = mkdtempSync(path.join(tmpdir(), 'lightbox-soak-'));
const workbench = createWorkbench({ catalog: path.join(folder, 'study.lightbox'), threads: 1 });
await mkdir(path.join(folder, 'films', 'films'), { recursive: true });
for (let at = 0; at < pictures; at++)
  await writeFile(path.join(folder, 'films', 'films', `${at}.png`), await drawNoise(at, [224, 224]));
await workbench.importDataset({ folder: path.join(folder, 'films'), layout: 'folders' });

let done = 0;
const start = performance.now();
const levels: { readonly host: number; readonly engine: number }[] = [];
for (let round = 0; round < rounds; round++) {
  const modelPath = networks[round % networks.length] ?? '';
  const composite = composites[Math.floor(round / networks.length) % composites.length] ?? '';
  const target = String(Math.floor(round / networks.length / composites.length));
  const request = { dataset: 'films', modelPath, composite, target, provider: 'cpu' } as const;
  for (const { computed, failures } of await workbench.attributeDataset(request)) {
    if (failures[0]) throw new Error(failures[0].error.message);
    done += computed;
  }
  globalThis.gc?.();
  await wait(200);
  const level = readMemory();
  levels.push(level);
  const seconds = ((performance.now() - start) / 1000).toFixed(0);
  process.stdout.write(`${done} attributions, ${seconds} s: host ${level.host.toFixed(0)} MB, engine ${level.engine.toFixed(0)} MB\n`);
} // prettier-ignore
const warm = levels[2 * networks.length - 1] ?? levels[0] ?? { host: 0, engine: 0 };
const last = levels.at(-1) ?? warm;
const grown = { host: last.host / warm.host, engine: last.engine / warm.engine };
process.stdout.write(
  `${done} attributions; from the warm level: host x ${grown.host.toFixed(3)}, engine x ${grown.engine.toFixed(3)}\n`,
);
await workbench.close();
rmSync(folder, { recursive: true });
process.exitCode = grown.host > ALLOWED || grown.engine > ALLOWED ? 1 : 0; // prettier-ignore
