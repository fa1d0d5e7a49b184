import type { Command } from 'commander';
import { catalogOption, countOption, datasetOption, jsonOption, splitOption } from '../options.ts';
import type { Shell } from '../shell.ts';

interface SamplesOptions {
  readonly dataset: string;
  readonly split?: string;
  readonly out: string;
  readonly perClass: number;
  readonly seed: number;
  readonly catalog?: string;
  readonly json: boolean;
}

const examples = `
Examples:
  lightbox samples --dataset cxr --out samples.png
  lightbox samples --dataset cxr --split Test --per-class 12 --seed 7 --out samples.svg`;

export function addSamplesCommand(program: Command, shell: Shell): void {
  program
    .command('samples')
    .description('save sample pictures of a dataset, divided by class, as a figure')
    .addOption(datasetOption())
    .addOption(splitOption())
    .requiredOption('-o, --out <file>', 'a .pdf, .png or .svg file')
    .addOption(countOption('--per-class <count>', 'pictures of each class').default(8))
    .addOption(countOption('--seed <number>', 'which pictures are drawn').default(1))
    .addOption(catalogOption())
    .addOption(jsonOption())
    .addHelpText('after', examples)
    .action(({ out, ...options }: SamplesOptions) =>
      shell.run(options, async (workbench) => {
        const report = await workbench.saveDatasetSheet({ ...options, outputFile: out });
        const lines = report.classes.map(({ label, count, shown }) => `${label}: ${shown} of ${count}\n`);
        return { text: `${lines.join('')}Saved ${report.file}\n`, json: report };
      }),
    );
}
