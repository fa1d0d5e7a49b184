import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import type { JobControl, Workbench } from '#core/workbench/index.ts';
import { LightboxError } from '#shared/errors.ts';
import { startWebHost } from '#web/index.ts';
import { openBrowser } from '../open-browser.ts';
import { openElectron } from '../open-electron.ts';
import { catalogOption, countOption, jsonOption } from '../options.ts';
import type { CommandOutcome, Shell } from '../shell.ts';

interface OpenOptions {
  readonly catalog?: string;
  readonly port?: number;
  /** True by `--browser`, false by `--no-browser`; a window of its own is tried first when neither is given. */
  readonly browser?: boolean;
  readonly json: boolean;
}

const built = (part: string): string => fileURLToPath(new URL(`../../../out/${part}`, import.meta.url));
const bundle = built('renderer');

const examples = `
Where Electron's program is installed, the window is its own; else it opens in a browser, and says why. The page is served to this
machine alone and lets in only who has the address that is printed. Ctrl-C ends it.

Examples:
  lightbox open
  lightbox open --catalog study.lightbox --port 8080
  lightbox open --browser
  lightbox open --no-browser`;

export function addOpenCommand(program: Command, shell: Shell): void {
  program
    .command('open')
    .description('show the catalog in a window, or in a browser on this machine')
    .addOption(catalogOption())
    .addOption(countOption('--port <number>', 'port to listen on; any free one if not given'))
    .option('--browser', 'in a browser, even where there is Electron')
    .option('--no-browser', 'only print the address')
    .addOption(jsonOption())
    .addHelpText('after', examples)
    .action(async (options: OpenOptions) => {
      const reason = await tryElectron(options);
      if (reason === undefined) shell.announce('The window opens in Electron.\n');
      else
        await shell.run(options, (workbench, control) => openInBrowser({ workbench, shell, options, reason }, control));
    });
}

/** Why not, as the first half of a sentence; undefined where the window opens. */
async function tryElectron({ catalog, port, browser, json }: OpenOptions): Promise<string | undefined> {
  if (browser !== undefined || json || port !== undefined) return 'It was asked for';
  return openElectron({ main: built('main/index.js'), catalog });
}

interface Opening {
  readonly workbench: Workbench;
  readonly shell: Shell;
  readonly options: OpenOptions;
  readonly reason: string;
}

async function openInBrowser(
  { workbench, shell, options: { port, browser = true, json }, reason }: Opening,
  { signal }: JobControl,
): Promise<CommandOutcome> {
  if (!existsSync(bundle))
    throw new LightboxError('request/invalid', 'The window is not built yet; run "npm run build" once.');
  const host = await startWebHost({ workbench, bundle, port });
  const isOpening = browser && !json && (await openBrowser(host.url));
  const text = `${reason}, so the window opens in a browser.\n${isOpening ? 'Your browser is asked to open' : 'Open'} ${host.url}\nCtrl-C ends it.\n`;
  shell.announce(json ? `${JSON.stringify({ url: host.url })}\n` : text);
  if (signal && !signal.aborted) await once(signal, 'abort');
  await host.close();
  return { text: '', json: { closed: true } };
}
