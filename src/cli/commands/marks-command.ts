import { Option, type Command } from 'commander';
import { catalogOption, jsonOption } from '../options.ts';
import type { Shell } from '../shell.ts';

interface MarksOptions {
  readonly catalog?: string;
  readonly json: boolean;
}

interface ExportOptions extends MarksOptions {
  readonly dataset?: string;
  readonly out: string;
  readonly paths: boolean;
}

const examples = `
Samples are told by the hash of their files: no file names are exported unless --paths asks for them.

Examples:
  lightbox marks export --out marks.json
  lightbox marks export --dataset lungs --out lungs-marks.json
  lightbox marks import marks.json
  lightbox marks segment --dataset films --out segmentations`;

export function addMarksCommand(program: Command, shell: Shell): void {
  const marks = program
    .command('marks')
    .description('carry marks and verdicts from one catalog to another')
    .addHelpText('after', examples);
  marks
    .command('export')
    .description('save marks and verdicts as JSON')
    .addOption(new Option('-d, --dataset <name>', 'a dataset of the catalog; all if not given'))
    .requiredOption('-o, --out <file>', 'a .json file')
    .option('--paths', 'with the paths of the files, which may name patients', false)
    .addOption(catalogOption())
    .addOption(jsonOption())
    .action(({ out, dataset, paths, ...options }: ExportOptions) =>
      shell.run(options, async (workbench) => {
        const report = await workbench.exportMarks({ dataset, paths, outputFile: out });
        const counts = `pictures: ${report.samples}, marks: ${report.marks}, reviews: ${report.reviews}`;
        return { text: `Saved ${out}\n${counts}\n`, json: report };
      }),
    );
  addSegmentCommand(marks, shell);
  marks
    .command('import <file>')
    .description('add marks and verdicts to the pictures they were made on')
    .addOption(catalogOption())
    .addOption(jsonOption())
    .action((file: string, options: MarksOptions) =>
      shell.run(options, async (workbench) => {
        const report = await workbench.importMarks(file);
        const added = `added marks: ${report.marks}, reviews: ${report.reviews}; known or newer here: ${report.known}`;
        return { text: `${added}; pictures not in the catalog: ${report.missing}\n`, json: report };
      }),
    );
}

interface SegmentOptions extends MarksOptions {
  readonly dataset?: string;
  readonly out: string;
  readonly keepUids: boolean;
}

function addSegmentCommand(marks: Command, shell: Shell): void {
  marks
    .command('segment')
    .description('save the marks of DICOM pictures as DICOM segmentations (SEG), without patients')
    .addOption(new Option('-d, --dataset <name>', 'a dataset of the catalog; all if not given'))
    .requiredOption('-o, --out <folder>', 'folder for the files')
    .option(
      '--keep-uids',
      'refer to study, series and picture by their own identifiers, which tell whose they are',
      false,
    )
    .addOption(catalogOption())
    .addOption(jsonOption())
    .action(({ out, dataset, keepUids, ...options }: SegmentOptions) =>
      shell.run(options, async (workbench) => {
        const report = await workbench.exportSegmentations({ dataset, keepUids, outputFolder: out });
        const { files, marks: count, leftOut } = report;
        const reasons = Object.entries(leftOut).map(([reason, number]) => `! ${number} left out: ${reason}\n`);
        return { text: `Saved ${files.length} files with ${count} marks in ${out}\n${reasons.join('')}`, json: report };
      }),
    );
}
