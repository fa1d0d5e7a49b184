/** Commands that ask a dataset's own masks what a model needs: anatomy, insert-mark. */
import type { Command } from 'commander';
import type { AnatomyReport, InsertionReport } from '#core/workbench/index.ts';
import { addRunOptions, addStudyOptions, countOption, type StudyOptions } from '../options.ts';
import type { CommandOutcome, Shell } from '../shell.ts';
import { renderTable } from '../text-table.ts';

interface AuditOptions extends StudyOptions {
  readonly region: string;
  readonly seed: number;
}

const anatomyExamples = `
AUC of the label on pictures as they are, with the anatomy filled, and with all but the anatomy filled. An interval above 0.5 without the
anatomy says that the surroundings carry the label.

Examples:
  lightbox anatomy --dataset demo-chest --region lung --model chest-vgg16-biased.onnx --out anatomy`;

const insertionExamples = `
Cuts the region out of the pictures that have it and pastes it into those that have not, at the same place; the control pastes the ground it stood
on. Says how many pictures flip to each class.

Examples:
  lightbox insert-mark --dataset demo-chest --region left-marker --model chest-vgg16-biased.onnx --out insertion`;

export function addAuditCommands(program: Command, shell: Shell): void {
  addShared(program.command('anatomy').description('judge a model without the anatomy, and on anatomy alone'))
    .addHelpText('after', anatomyExamples)
    .action(({ model, out, ...options }: AuditOptions) =>
      shell.run(options, async (workbench, control) => {
        const request = { ...options, modelPath: model, outputFolder: out };
        return presentAnatomy(await workbench.runAnatomy(request, control));
      }),
    );
  addShared(program.command('insert-mark').description('paste an artefact into other pictures and count who flips'))
    .addHelpText('after', insertionExamples)
    .action(({ model, out, ...options }: AuditOptions) =>
      shell.run(options, async (workbench, control) => {
        const request = { ...options, modelPath: model, outputFolder: out };
        return presentInsertion(await workbench.insertArtefact(request, control));
      }),
    );
}

const addShared = (command: Command): Command =>
  addRunOptions(
    addStudyOptions(command)
      .requiredOption('-r, --region <name>', 'a region of its pictures: the kind of a mask, or "mark: KIND"')
      .addOption(countOption('--seed <number>', 'what chance is drawn from').default(1))
      .option('-o, --out <folder>', 'folder for record and table'),
  );

const number = (value: number | null | undefined): string => (typeof value === 'number' ? value.toFixed(3) : '-');

const span = (interval: { readonly low: number; readonly high: number } | null | undefined): string =>
  interval ? `${number(interval.low)} to ${number(interval.high)}` : '-';

function presentAnatomy(report: AnatomyReport): CommandOutcome {
  const rows = report.rows.flatMap(({ condition, fill, meanAuc, meanAucInterval, auc }) => [
    [condition, fill ?? '', 'mean', number(meanAuc), span(meanAucInterval)],
    ...auc.map((one) => ['', '', one.label, number(one.auc), span(one.interval)]),
  ]);
  const heading = `${report.model.file} on ${report.dataset}, ${report.region}: ${report.pictures} pictures, resampled by ${report.unit}\n`;
  const text = `${heading}\n${renderTable(['pictures', 'fill', 'class', 'AUC', '95 % interval'], rows)}`;
  return { text, json: report, failures: report.failures.map(({ error }) => error) };
}

function presentInsertion(report: InsertionReport): CommandOutcome {
  const rows = report.classes.map(({ label, candidates, artefact, control, logit, probability }) => [
    ...[label, String(candidates), `${artefact?.count ?? '-'}`, number(artefact?.rate), span(artefact?.interval)],
    ...[`${control?.count ?? '-'}`, number(logit.mean), span(logit.interval), number(probability.mean)],
  ]);
  const heading = `${report.model.file} on ${report.dataset}: ${report.region} of ${report.donors} pictures pasted into ${report.recipients}\n`;
  const columns = [
    'class',
    'could flip',
    'flip',
    'rate',
    '95 % interval',
    'control',
    'net logit',
    '95 % interval',
    'net probability',
  ];
  const text = `${heading}\n${renderTable(columns, rows)}`;
  return { text, json: report, failures: report.failures.map(({ error }) => error) };
}
