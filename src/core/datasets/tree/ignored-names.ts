/** What operating systems and network drives leave in folders. */
const systemNames: ReadonlySet<string> = new Set([
  '__macosx',
  'thumbs.db',
  'desktop.ini',
  '$recycle.bin',
  'system volume information',
  '@eadir',
  'lost+found',
]);

/** Hidden files (`._covid_1.png` is macOS's shadow of a picture, not a picture) and what systems leave behind. */
export function isIgnored(name: string): boolean {
  return name.startsWith('.') || systemNames.has(name.toLowerCase());
}
