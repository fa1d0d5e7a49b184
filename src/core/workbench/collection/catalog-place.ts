import { homedir } from 'node:os';
import path from 'node:path';

const FOLDER = 'relevance-lightbox';
const FILE = 'catalog.lightbox';

/** Where a user's data lies on each system, from the environment. */
const dataFolders: Readonly<
  Partial<Record<NodeJS.Platform, (environment: NodeJS.ProcessEnv, home: string) => string>>
> = {
  darwin: (_, home) => path.join(home, 'Library', 'Application Support'),
  win32: (environment, home) => environment['LOCALAPPDATA'] ?? path.join(home, 'AppData', 'Local'),
};

/** The catalog that is used when none is named: one for each user. LIGHTBOX_CATALOG names another. */
export function defaultCatalogFile(environment: NodeJS.ProcessEnv = process.env): string {
  const named = environment['LIGHTBOX_CATALOG'];
  if (named) return named;
  const home = homedir();
  const find = dataFolders[process.platform];
  const folder = find ? find(environment, home) : findXdgFolder(environment, home);
  return path.join(folder, FOLDER, FILE);
}

/** XDG Base Directory Specification: a path that is empty or relative counts as none. */
function findXdgFolder({ XDG_DATA_HOME: named = '' }: NodeJS.ProcessEnv, home: string): string {
  return path.isAbsolute(named) ? named : path.join(home, '.local', 'share');
}
