import type { Command } from 'commander';
import { catalogOption, countOption, jsonOption } from '../options.ts';
import type { Shell } from '../shell.ts';

interface VerifyOptions {
  readonly pictures?: readonly string[];
  readonly model?: readonly string[];
  readonly catalog?: string;
  readonly threads?: number;
  readonly json: boolean;
}

const examples = `
Models and pictures are found by their hashes: in the folders and files that are named, else in the catalog. The figure is made again from
what is written in it and compared: its numbers, its text, its pixels. Exit code 1 where anything differs or is missing.

Example:
  lightbox figure verify figure1.pdf --pictures films --model vgg16.onnx`;

export function addVerifyCommand(parent: Command, shell: Shell): void {
  parent
    .command('verify')
    .description('make a figure again from what it says of itself, and report any difference')
    .argument('<file>', 'a .pdf, .png or .svg file that "lightbox figure" made')
    .option('--pictures <folder>', 'folder the pictures lie in; may be given several times', collect)
    .option('-m, --model <file>', 'ONNX model; may be given several times', collect)
    .addOption(countOption('--threads <count>', 'threads on the CPU'))
    .addOption(catalogOption())
    .addOption(jsonOption())
    .addHelpText('after', examples)
    .action((file: string, { pictures, model, ...options }: VerifyOptions) =>
      shell.run(options, async (workbench, control) => {
        const report = await workbench.verifyFigure({ file, folders: pictures, modelPaths: model }, control);
        const lines = report.findings.map((finding) => `- ${finding}\n`);
        return { text: `${report.sentence}\n${lines.join('')}`, json: report, failed: report.verdict !== 'unchanged' };
      }),
    );
}

const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];
