import type { Command } from 'commander';
import type { LogEntry, LogVerdict } from '#core/workbench/index.ts';
import { catalogOption, countOption, jsonOption } from '../options.ts';
import type { CommandOutcome, Shell } from '../shell.ts';
import { renderTable } from '../text-table.ts';

interface LogOptions {
  readonly catalog?: string;
  readonly json: boolean;
}

const examples = `
The log says who saw and changed what, by the names readers chose and the hashes of pictures. It is only ever added to. Note the hash that
"verify" prints somewhere else: with it, a log that was written anew as a whole is found out too.

Examples:
  lightbox log show --last 20
  lightbox log verify
  lightbox log verify --expect 3f0c…`;

export function addLogCommand(program: Command, shell: Shell): void {
  const log = program
    .command('log')
    .description('show who saw and changed what, and prove that nobody changed that')
    .addHelpText('after', examples);
  log
    .command('show')
    .description('entries of the log, the latest last')
    .addOption(countOption('--last <number>', 'entries shown').default(50))
    .addOption(catalogOption())
    .addOption(jsonOption())
    .action(({ last, ...options }: LogOptions & { readonly last: number }) =>
      shell.run(options, async (workbench) => presentEntries(await workbench.listLog(last))),
    );
  log
    .command('verify')
    .description('look at every entry; exit code 1 where one is not as it was written')
    .option('--expect <hash>', 'hash of the log, noted down earlier')
    .addOption(catalogOption())
    .addOption(jsonOption())
    .action(({ expect, ...options }: LogOptions & { readonly expect?: string }) =>
      shell.run(options, async (workbench) => presentVerdict(await workbench.verifyLog(expect))),
    );
}

function presentEntries(entries: readonly LogEntry[]): CommandOutcome {
  const rows = entries.map(({ seq, atMs, reader, action, subject }) => [
    ...[String(seq), new Date(atMs).toISOString(), reader, action, JSON.stringify(subject)],
  ]);
  return { text: renderTable(['', 'time (UTC)', 'reader', 'what', 'of what'], rows), json: entries };
}

function presentVerdict(verdict: LogVerdict): CommandOutcome {
  const { isWhole, fault = '', entries, hash } = verdict;
  const text = isWhole ? `The log is as it was written: ${entries} entries, hash ${hash}\n` : `${fault}\n`;
  return { text, json: verdict, failed: !isWhole };
}
