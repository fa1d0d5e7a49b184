import type { Command } from 'commander';
import type { CaseParity, MapParity } from '#core/workbench/index.ts';
import type { ProviderChoice } from '#shared/providers.ts';
import { countOption, jsonOption, providerOption } from '../options.ts';
import type { CommandOutcome, Shell } from '../shell.ts';
import { renderTable } from '../text-table.ts';

interface ParityOptions {
  readonly provider: ProviderChoice;
  readonly threads?: number;
  readonly json: boolean;
}

const examples = `
A case is a folder with model.onnx, case.json and the arrays the reference implementation (zennit) computed. A map passes
when its relative L2 error is at most 1e-5, or four times the reference's own float32 error where that is more.

Examples:
  lightbox parity ../golden/resnet50
  lightbox parity ../golden/* --json`;

export function addParityCommand(program: Command, shell: Shell): void {
  program
    .command('parity')
    .description('compare relevance with reference cases computed by zennit')
    .argument('<case...>', 'folders of reference cases')
    .addOption(providerOption().default('cpu'))
    .addOption(countOption('--threads <count>', 'threads on the CPU'))
    .addOption(jsonOption())
    .addHelpText('after', examples)
    .action((folders: readonly string[], options: ParityOptions) =>
      shell.run(options, async (workbench, control) =>
        presentParity(await workbench.checkParity({ folders, provider: options.provider }, control)),
      ),
    );
}

function presentParity(cases: readonly CaseParity[]): CommandOutcome {
  const maps = cases.flatMap((parityCase) => parityCase.maps);
  const over = maps.filter(({ verdict }) => verdict === 'over');
  const summary = `${maps.length - over.length} of ${maps.length} maps within the bar\n`;
  return { text: renderCases(cases) + summary, json: { passed: over.length === 0, cases }, failed: over.length > 0 };
}

function renderCases(cases: readonly CaseParity[]): string {
  const header = ['case', 'map', 'relative L2', 'max error', 'zennit float32', 'bar', ''];
  return renderTable(
    header,
    cases.flatMap(({ name, maps }) => maps.map((map) => [name, ...describeMap(map)])),
  );
}

function describeMap({ map, relativeL2, maxError, float32Error, bar, verdict }: MapParity): readonly string[] {
  return [map, formatError(relativeL2), formatError(maxError), formatError(float32Error), formatError(bar), verdict];
}

function formatError(error: number | undefined): string {
  return error === undefined ? '-' : error.toExponential(1);
}
