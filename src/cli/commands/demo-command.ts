import type { Command } from 'commander';
import type { DemoReport } from '#core/workbench/index.ts';
import { catalogOption, countOption, jsonOption } from '../options.ts';
import type { CommandOutcome, Shell } from '../shell.ts';
import { renderTable } from '../text-table.ts';

interface DemoOptions {
  readonly threads?: number;
  readonly catalog?: string;
  readonly json: boolean;
}

const examples = `
Synthetic chest films and skin lesions with small networks come with the workbench. Some of the networks were trained on
pictures in which an artefact goes with a class, and look at the artefact; their clean twins do not. Running it again adds only what
is missing.

Examples:
  lightbox demo
  lightbox demo --catalog /tmp/demo/catalog.lightbox`;

export function addDemoCommand(program: Command, shell: Shell): void {
  program
    .command('demo')
    .description('fill the catalog with synthetic pictures and networks to try everything on')
    .addOption(countOption('--threads <count>', 'threads on the CPU'))
    .addOption(catalogOption())
    .addOption(jsonOption())
    .addHelpText('after', examples)
    .action((options: DemoOptions) =>
      shell.run(options, async (workbench, control) =>
        presentReport(await workbench.fillDemo({}, control), options.catalog),
      ),
    );
}

function presentReport(report: DemoReport, catalog: string | undefined): CommandOutcome {
  const parts = report.datasets.map(({ name, planted, pictures, added, networks }) => {
    const rows = networks.map(({ file, predicted, explained }) => [file, String(predicted), String(explained)]);
    const counts = `${name}: ${pictures} pictures, ${added} new.`;
    const about = `In training of the biased networks ${planted.artefact} mostly meant ${planted.label}.`;
    return `${counts} ${about}\n\n${renderTable(['network', 'predicted', 'explained'], rows)}`;
  });
  const text = `${parts.join('\n')}\nIn ${report.catalog} after ${report.seconds.toFixed(1)} s.\n\n${nextSteps(report, catalog)}`;
  return { text, json: report };
}

/** Commands that show at once what the demo is for, ready to be copied. */
function nextSteps({ folder, datasets: [first] }: DemoReport, catalog: string | undefined): string {
  const [biased, clean] = first?.networks ?? [];
  if (!first || !biased || !clean) return '';
  const at = catalog === undefined ? '' : ` --catalog ${quote(catalog)}`;
  const judge = (file: string): string =>
    `  lightbox evaluate --dataset ${first.name} --model ${quote(`${folder}/${file}`)} --split Test${at}\n`;
  return [
    'Next:\n',
    `  lightbox samples --dataset ${first.name} --out demo-samples.png${at}\n`,
    ...[biased, clean].map(({ file }) => judge(file)),
  ].join('');
}

const quote = (text: string): string => (/^[\w./:@+-]+$/.test(text) ? text : JSON.stringify(text));
