import { z } from 'zod';
import { keepFile } from './kept-file.ts';

const longestList = 10;
const foldersSchema = z.array(z.string().min(1).max(4096)).max(longestList);

/** Folders opened last, latest first. They stay in this file: the system's own list of recent documents is told nothing. */
export interface RecentFolders {
  list(): readonly string[];
  add(folder: string): Promise<void>;
  clear(): Promise<void>;
}

export async function loadRecentFolders(file: string): Promise<RecentFolders> {
  const kept = keepFile(file, foldersSchema);
  let folders: readonly string[] = (await kept.load()) ?? [];
  const set = (now: readonly string[]): Promise<void> => {
    folders = now.slice(0, longestList);
    return kept.save([...folders]);
  };
  return {
    list: () => folders,
    add: (folder) => set([folder, ...folders.filter((other) => other !== folder)]),
    clear: () => set([]),
  };
}
