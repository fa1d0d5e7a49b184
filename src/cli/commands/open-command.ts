import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { LightboxError } from '#shared/errors.ts';
import { startWebHost } from '#web/index.ts';
import { explainNoElectron } from '../find-electron.ts';
import { openBrowser } from '../open-browser.ts';
import { catalogOption, countOption, jsonOption } from '../options.ts';
import type { Shell } from '../shell.ts';

interface OpenOptions {
  readonly catalog?: string;
  readonly port?: number;
  /** Set by `--no-browser`. */
  readonly browser: boolean;
  readonly json: boolean;
}

const bundle = fileURLToPath(new URL('../../../out/renderer', import.meta.url));

const examples = `
The page is served to this machine alone and lets in only who has the address that is printed. Ctrl-C ends it.

Examples:
  lightbox open
  lightbox open --catalog study.lightbox --port 8080
  lightbox open --no-browser`;

export function addOpenCommand(program: Command, shell: Shell): void {
  program
    .command('open')
    .description('show the catalog in a browser on this machine')
    .addOption(catalogOption())
    .addOption(countOption('--port <number>', 'port to listen on; any free one if not given'))
    .option('--no-browser', 'only print the address')
    .addOption(jsonOption())
    .addHelpText('after', examples)
    .action((options: OpenOptions) =>
      shell.run(options, async (workbench, { signal }) => {
        if (!existsSync(bundle)) {
          throw new LightboxError('request/invalid', 'The window is not built yet; run "npm run build" once.');
        }
        const host = await startWebHost({ workbench, bundle, port: options.port });
        const isOpening = options.browser && !options.json && (await openBrowser(host.url));
        shell.announce(options.json ? `${JSON.stringify({ url: host.url })}\n` : describe(host.url, isOpening));
        if (signal && !signal.aborted) await once(signal, 'abort');
        await host.close();
        return { text: '', json: { closed: true } };
      }),
    );
}

function describe(url: string, isOpening: boolean): string {
  const reason = explainNoElectron();
  const why = reason === undefined ? 'The window opens in a browser' : `${reason}, so the window opens in a browser`;
  return `${why}.\n${isOpening ? 'Your browser is asked to open' : 'Open'} ${url}\nCtrl-C ends it.\n`;
}
