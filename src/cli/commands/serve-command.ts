import { once } from 'node:events';
import type { Command } from 'commander';
import { runPipeHost } from '#web/index.ts';
import { catalogOption } from '../options.ts';
import type { Shell } from '../shell.ts';

/** For programs, not for people, so it does not stand in the help: the desktop window starts it and talks to it over its streams. */
export function addServeCommand(program: Command, shell: Shell): void {
  program
    .command('serve', { hidden: true })
    .description('answer a window over standard input and output')
    .addOption(catalogOption())
    .action(({ catalog }: { readonly catalog?: string }) =>
      shell.run({ catalog, json: false }, async (workbench, { signal }) => {
        // What ends the window ends this: a terminal's Ctrl-C reaches both.
        const ended = runPipeHost({ workbench, input: process.stdin, output: process.stdout });
        await Promise.race([ended, signal ? once(signal, 'abort') : ended]);
        process.stdin.destroy();
        return { text: '', json: undefined };
      }),
    );
}
