import { Option, type Command } from 'commander';
import type { ReaderAgreement, StudyExportReport, StudyImportReport } from '#core/workbench/index.ts';
import { catalogOption, jsonOption, readNames } from '../options.ts';
import type { CommandOutcome, Shell } from '../shell.ts';
import { renderTable } from '../text-table.ts';

interface StudyOptions {
  readonly catalog?: string;
  readonly json: boolean;
}

const examples = `
A study is one file (.lightbox-study) with marks, verdicts, settings and the hashes of pictures and models; no file name comes along.

Examples:
  lightbox study export --dataset lungs --out reader-a.lightbox-study
  lightbox study export --dataset lungs --pictures --out lungs.lightbox-study
  lightbox study import lungs.lightbox-study --pictures lungs
  lightbox study agreement reader-a.lightbox-study reader-b.lightbox-study --out agreement
  lightbox study merge reader-a.lightbox-study reader-b.lightbox-study --out both.lightbox-study`;

export function addStudyCommand(program: Command, shell: Shell): void {
  const study = program
    .command('study')
    .description('carry a study between workstations, and compare two readers')
    .addHelpText('after', examples);
  addExport(study, shell);
  addImport(study, shell);
  addAgreement(study, shell);
  addMerge(study, shell);
}

function addExport(study: Command, shell: Shell): void {
  study
    .command('export')
    .description('save marks, verdicts, settings and hashes as one file')
    .addOption(new Option('-d, --dataset <name>', 'a dataset of the catalog; all if not given'))
    .requiredOption('-o, --out <file>', 'a .lightbox-study file')
    .option('--pictures', 'with the pictures: their pixels alone, under their hashes', false)
    .addOption(catalogOption())
    .addOption(jsonOption())
    .action(({ out, dataset, pictures, ...options }: StudyOptions & ExportOptions) =>
      shell.run(options, async (workbench, control) =>
        presentExport(await workbench.exportStudy({ dataset, pictures, outputFile: out }, control)),
      ),
    );
}

interface ExportOptions {
  readonly dataset?: string;
  readonly out: string;
  readonly pictures: boolean;
}

function presentExport(report: StudyExportReport): CommandOutcome {
  const { file, samples, pictures, marks, reviews, sha256, warnings } = report;
  const counts = `samples: ${samples}, pictures: ${pictures}, marks: ${marks}, reviews: ${reviews}`;
  return { text: [`Saved ${file}`, counts, `SHA-256 ${sha256}`, ...warnings, ''].join('\n'), json: report };
}

function addImport(study: Command, shell: Shell): void {
  study
    .command('import <file>')
    .description('add what readers said elsewhere; all of it, or nothing where a picture is missing')
    .option('--pictures <folder>', 'save the pictures that came along there, and import them as a dataset')
    .option('--known-only', 'take what fits and leave the rest', false)
    .addOption(catalogOption())
    .addOption(jsonOption())
    .action((file: string, { pictures, knownOnly, ...options }: StudyOptions & ImportOptions) =>
      shell.run(options, async (workbench, control) =>
        presentImport(await workbench.importStudy({ file, pictureFolder: pictures, knownOnly }, control)),
      ),
    );
}

interface ImportOptions {
  readonly pictures?: string;
  readonly knownOnly: boolean;
}

function presentImport(report: StudyImportReport): CommandOutcome {
  const { marks, reviews, known, pictures, match } = report;
  const lines = [
    `added marks: ${marks}, reviews: ${reviews}; known or newer here: ${known}; pictures saved: ${pictures}`,
    `of the study's pictures here: ${match.known}, missing: ${match.missing.length}, of another size: ${match.resized.length}`,
    `of its models never used here: ${match.unknownModels.length}`,
  ];
  return { text: `${lines.join('\n')}\n`, json: report };
}

interface PairOptions {
  readonly readers?: readonly string[];
}

const readersOption = (): Option =>
  new Option('--readers <names>', 'FIRST,SECOND: whose word counts, where a study holds that of several').argParser(
    readNames,
  );

function addAgreement(study: Command, shell: Shell): void {
  study
    .command('agreement <first> <second>')
    .description("two readers' agreement: Cohen's kappa of verdicts, Dice of marks, cases to settle")
    .addOption(readersOption())
    .option('-o, --out <folder>', 'save JSON and CSV there')
    .addOption(jsonOption())
    .action((first: string, second: string, { readers, out, ...options }: StudyOptions & PairOptions & { out?: string }) =>
      shell.run(options, async (workbench) =>
        presentAgreement(await workbench.compareStudies({ first, second, readers, outputFolder: out })),
      ),
    ); // prettier-ignore
}

function presentAgreement(agreement: ReaderAgreement): CommandOutcome {
  const { readers, cases, kappa, kinds, differing } = agreement;
  const number = (value: number): string => (Number.isNaN(value) ? 'not defined' : value.toFixed(3));
  const { interval } = kappa;
  const range = interval ? ` (95 % ${number(interval.low)} to ${number(interval.high)})` : '';
  const lines = [
    `${readers.join(' and ')}: both ${cases.both} cases, only the first ${cases.onlyFirst}, only the second ${cases.onlySecond}`,
    `verdicts of ${kappa.cases} cases: the same ${number(kappa.observed)}, by chance ${number(kappa.expected)}, kappa ${number(kappa.kappa)}${range}`,
  ];
  const marks = kinds.map((one) => [one.kind, String(one.cases), String(one.bothMarked), number(one.meanDice)]);
  const queue = differing.map(({ contentSha256, reason, verdicts: [a = '-', b = '-'], dice }) => [
    ...[contentSha256.slice(0, 12), reason, a, b, number(Math.min(1, ...Object.values(dice)))],
  ]);
  const tables = [
    renderTable(['marks', 'cases', 'both marked', 'mean Dice'], marks),
    renderTable(['to settle', 'because of', ...readers, 'least Dice'], queue),
  ];
  return { text: `${lines.join('\n')}\n\n${tables.join('\n')}`, json: agreement };
}

function addMerge(study: Command, shell: Shell): void {
  study
    .command('merge <first> <second>')
    .description('join two studies; verdicts both gave become those of the reader "adjudicated"')
    .addOption(readersOption())
    .requiredOption('-o, --out <file>', 'a .lightbox-study file')
    .addOption(jsonOption())
    .action((first: string, second: string, { readers, out, ...options }: StudyOptions & PairOptions & { out: string }) =>
      shell.run(options, async (workbench) => {
        const report = await workbench.mergeStudies({ first, second, readers, outputFile: out });
        return { text: `Saved ${out}\nsettled: ${report.settled}, to settle: ${report.open}\n`, json: report };
      }),
    ); // prettier-ignore
}
