/** Files that are whole or not there, and on the disk when a call returns. */
import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, unlink } from 'node:fs/promises';
import path from 'node:path';
import { isAlive } from '../job-owner.ts';

/** SQLite puts files of its own beside a draft that is a database. */
const draftPattern = /^\.draft-(\d+)-[\da-f]+(-\w+)?$/;

/** A name beside `file` for what is still being written; says who writes it. */
export function draftOf(file: string): string {
  return path.join(path.dirname(file), `.draft-${process.pid}-${randomBytes(6).toString('hex')}`);
}

/** Whether a file is a draft that nobody will finish. */
export function isAbandonedDraft(name: string): boolean {
  const pid = draftPattern.exec(name)?.[1];
  return pid !== undefined && !isAlive(Number(pid));
}

/** Removes from a folder what was left half-written by processes that are gone; returns how many files. */
export async function removeAbandonedDrafts(folder: string): Promise<number> {
  const drafts = (await readdir(folder)).filter(isAbandonedDraft);
  await Promise.all(drafts.map((name) => rm(path.join(folder, name), { force: true })));
  return drafts.length;
}

/** Writes beside the file's place, then renames into it; makes its folder. What stood there before is replaced. */
export async function saveDurably(file: string, bytes: Uint8Array): Promise<void> {
  const made = await mkdir(path.dirname(file), { recursive: true });
  const draft = draftOf(file);
  try {
    await writeSynced(draft, bytes);
    await rename(draft, file);
  } catch (cause) {
    await unlink(draft).catch(() => undefined);
    throw cause;
  }
  await syncFolder(path.dirname(file));
  if (made !== undefined) await syncFolder(path.dirname(made));
}

/** Brings to the disk which files a folder has. Windows has no such thing. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  await syncFile(folder);
}

/** Brings a file to the disk. */
export async function syncFile(file: string): Promise<void> {
  const opened = await open(file, 'r');
  try {
    await opened.sync();
  } finally {
    await opened.close();
  }
}

async function writeSynced(file: string, bytes: Uint8Array): Promise<void> {
  const opened = await open(file, 'wx');
  try {
    await opened.writeFile(bytes);
    await opened.sync();
  } finally {
    await opened.close();
  }
}
