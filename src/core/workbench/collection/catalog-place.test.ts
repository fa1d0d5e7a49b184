import { homedir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { defaultCatalogFile } from './catalog-place.ts';

function pretendPlatform(platform: NodeJS.Platform): void {
  const real = process.platform;
  Object.defineProperty(process, 'platform', { value: platform });
  onTestFinished(() => void Object.defineProperty(process, 'platform', { value: real }));
}

describe("the user's own catalog", () => {
  it('is the one the environment names', () => {
    expect(defaultCatalogFile({ LIGHTBOX_CATALOG: '/data/study.lightbox', XDG_DATA_HOME: '/x' })).toBe(
      '/data/study.lightbox',
    );
  });

  it.each<[NodeJS.Platform, NodeJS.ProcessEnv, string]>([
    ['linux', { XDG_DATA_HOME: path.resolve('/x') }, path.resolve('/x')],
    ['linux', {}, path.join(homedir(), '.local', 'share')],
    ['linux', { LIGHTBOX_CATALOG: '' }, path.join(homedir(), '.local', 'share')],
    ['freebsd', {}, path.join(homedir(), '.local', 'share')],
    ['darwin', { XDG_DATA_HOME: '/x' }, path.join(homedir(), 'Library', 'Application Support')],
    ['win32', { LOCALAPPDATA: path.resolve('/local') }, path.resolve('/local')],
    ['win32', {}, path.join(homedir(), 'AppData', 'Local')],
  ])('lies on %s, given %j, below %s', (platform, environment, folder) => {
    pretendPlatform(platform);
    expect(defaultCatalogFile(environment)).toBe(path.join(folder, 'relevance-lightbox', 'catalog.lightbox'));
  });

  it.each([{ XDG_DATA_HOME: '' }, { XDG_DATA_HOME: 'relative/folder' }])(
    'does not lie where the folder named is empty or relative: %j (XDG Base Directory Specification)',
    (environment) => {
      pretendPlatform('linux');
      expect(defaultCatalogFile(environment)).toBe(
        path.join(homedir(), '.local', 'share', 'relevance-lightbox', 'catalog.lightbox'),
      );
    },
  );
});
