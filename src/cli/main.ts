import { Command, CommanderError } from 'commander';
import { LightboxError } from '#shared/errors.ts';
import { lightboxVersion } from '#core/workbench/index.ts';
import { addAuditCommands } from './commands/audit-commands.ts';
import { addAuditDataCommand } from './commands/audit-data-command.ts';
import { addBenchCommand } from './commands/bench-command.ts';
import { addCatalogCommand } from './commands/catalog-command.ts';
import { addConceptsCommand } from './commands/concepts-command.ts';
import { addDatasetCommands } from './commands/dataset-commands.ts';
import { addDemoCommand } from './commands/demo-command.ts';
import { addEvaluateCommand } from './commands/evaluate-command.ts';
import { addExplainCommand } from './commands/explain-command.ts';
import { addFigureCommand } from './commands/figure-command.ts';
import { addGroupsCommand } from './commands/groups-command.ts';
import { addImportCommand } from './commands/import-command.ts';
import { addLedgerCommand } from './commands/ledger-command.ts';
import { addLogCommand } from './commands/log-command.ts';
import { addMarksCommand } from './commands/marks-command.ts';
import { addModelCommand } from './commands/model-command.ts';
import { addOpenCommand } from './commands/open-command.ts';
import { addParityCommand } from './commands/parity-command.ts';
import { addQualityCommand } from './commands/quality-command.ts';
import { addReferenceCommand } from './commands/reference-command.ts';
import { addReportCommand } from './commands/report-command.ts';
import { addRobustnessCommand } from './commands/robustness-command.ts';
import { addSamplesCommand } from './commands/samples-command.ts';
import { addServeCommand } from './commands/serve-command.ts';
import { addStudyCommand } from './commands/study-command.ts';
import { addTestMarkCommand } from './commands/test-mark-command.ts';
import { Shell, type ShellStreams } from './shell.ts';

const description =
  'See what an image classifier really looks at: exact relevance heatmaps (LRP) of ONNX networks, offline.';

const examples = `
Examples:
  lightbox demo
  lightbox explain radiograph.png --model classifier.onnx --out results
  lightbox concepts radiograph.png --model classifier.onnx --out results
  lightbox import COVID-QU-Ex_Dataset
  lightbox evaluate --model classifier.onnx --dataset COVID-QU-Ex_Dataset --split Test --out evaluation
  lightbox model classifier.onnx
  lightbox bench --arch resnet50 --composite EpsilonPlusFlat

"lightbox COMMAND --help" says more. This is a research tool, not a medical device.`;

/** Runs one command line and gives the exit code: 0 done, 1 failed, 130 cancelled. */
export async function main(args: readonly string[], streams: ShellStreams, signal: AbortSignal): Promise<number> {
  const shell = new Shell(streams, signal);
  try {
    await createProgram(shell, streams).parseAsync(args, { from: 'user' });
  } catch (cause) {
    if (!isAnswer(cause)) shell.fail(asRequestError(cause), args.includes('--json'));
    else if (args.length === 0) shell.exitCode = 1;
  }
  return shell.exitCode;
}

const commands = [
  addExplainCommand,
  addConceptsCommand,
  addDemoCommand,
  addImportCommand,
  addDatasetCommands,
  addEvaluateCommand,
  addReferenceCommand,
  addRobustnessCommand,
  addQualityCommand,
  addLedgerCommand,
  addTestMarkCommand,
  addAuditCommands,
  addAuditDataCommand,
  addGroupsCommand,
  addSamplesCommand,
  addFigureCommand,
  addReportCommand,
  addMarksCommand,
  addStudyCommand,
  addLogCommand,
  addCatalogCommand,
  addOpenCommand,
  addServeCommand,
  addModelCommand,
  addParityCommand,
  addBenchCommand,
];

function createProgram(shell: Shell, { stdout, stderr }: ShellStreams): Command {
  const program = new Command('lightbox')
    .description(description)
    .version(lightboxVersion, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand(false)
    .addHelpText('after', examples)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      writeErr: (text) => stderr.write(text),
      // What commander would print about an error is printed by the shell, in the form of all other errors.
      outputError: () => undefined,
    });
  for (const add of commands) add(program, shell);
  return program;
}

/** Help and version leave commander by way of an error too. */
function isAnswer(cause: unknown): boolean {
  return cause instanceof CommanderError && (cause.exitCode === 0 || cause.code === 'commander.help');
}

function asRequestError(cause: unknown): unknown {
  if (!(cause instanceof CommanderError)) return cause;
  const sentence = cause.message.replace(/^error: /, '').replace(/[.\s]*$/, '');
  return new LightboxError('request/invalid', `${sentence}; "lightbox --help" lists what there is.`);
}
