import { spawn } from 'node:child_process';
import { once } from 'node:events';

interface Opener {
  readonly command: string;
  readonly args: readonly string[];
}

const openers: Readonly<Partial<Record<NodeJS.Platform, Opener>>> = {
  darwin: { command: 'open', args: [] },
  win32: { command: 'rundll32', args: ['url.dll,FileProtocolHandler'] },
  linux: { command: 'xdg-open', args: [] },
};

/** Whether a window can be shown: on Linux, somebody must have said where. */
export const hasScreen = (platform: NodeJS.Platform, environment: NodeJS.ProcessEnv): boolean =>
  platform !== 'linux' || Boolean(environment['DISPLAY'] ?? environment['WAYLAND_DISPLAY']);

/** What opens an address in the user's browser here; undefined where there is no screen to open it on. */
export function findOpener(platform: NodeJS.Platform, environment: NodeJS.ProcessEnv): Opener | undefined {
  return hasScreen(platform, environment) ? openers[platform] : undefined;
}

/** Whether the browser was asked to open the address. It is not waited for. */
export async function openBrowser(
  url: string,
  { platform, env }: { readonly platform: NodeJS.Platform; readonly env: NodeJS.ProcessEnv } = process,
): Promise<boolean> {
  const opener = findOpener(platform, env);
  if (!opener) return false;
  const child = spawn(opener.command, [...opener.args, url], { detached: true, stdio: 'ignore' });
  child.unref();
  return once(child, 'spawn').then(
    () => true,
    () => false,
  );
}
