/**
 * All readers of bytes from outside on damaged input: `node test/fuzz/fuzz-bench.ts [TOTAL] [SEED] [READER] [FIRST]`, 100,000 inputs if
 * not told otherwise. Ends with exit code 1 when anything crashed, hung for 10 s, took too much memory, or answered without a sentence.
 * One input again: `node test/fuzz/fuzz-bench.ts 1 SEED READER NUMBER`.
 */
import { readers } from './readers.ts';
import { runReader } from './run-reader.ts';

const [, , totalText = '100000', seedText = '20261127', only, firstText = '0'] = process.argv;
const total = Number(totalText);
const chosen = Object.entries(readers).filter(([name]) => only === undefined || name === only);
const shares = chosen.reduce((sum, [, { share }]) => sum + share, 0);
const faults: string[] = [];
let inputs = 0;
for (const [name, { share }] of chosen) {
  const count = Math.ceil((total * share) / shares);
  const start = performance.now();
  const outcome = await runReader({ name, seed: Number(seedText), first: Number(firstText), count });
  faults.push(...outcome.faults);
  const { outcomes = {}, slowestMs = NaN, peakBytes = NaN } = outcome.report ?? {};
  inputs += outcome.report?.inputs ?? 0;
  const seconds = ((performance.now() - start) / 1000).toFixed(0);
  const facts = `${seconds} s, slowest ${slowestMs.toFixed(0)} ms, at most ${(peakBytes / 2 ** 20).toFixed(0)} MB`;
  process.stdout.write(`${name}: ${count} inputs, ${facts}, ${JSON.stringify(outcomes)}\n`);
  for (const fault of outcome.faults.slice(0, 20)) process.stdout.write(`  FAULT ${fault.slice(0, 600)}\n`);
}
process.stdout.write(`${inputs} inputs, ${faults.length} faults\n`);
process.exitCode = faults.length > 0 ? 1 : 0;
