import type { Command } from 'commander';
import { LightboxError } from '#shared/errors.ts';
import type { DeleteReport } from '#core/workbench/index.ts';
import { catalogOption, jsonOption } from '../options.ts';
import type { CommandOutcome, Shell } from '../shell.ts';
import { renderTable } from '../text-table.ts';

interface DeleteOptions {
  readonly yes: boolean;
  readonly catalog?: string;
  readonly json: boolean;
}

/** A command of `lightbox catalog`. */
export function addDeleteCommand(catalog: Command, shell: Shell): void {
  catalog
    .command('delete')
    .description('remove a dataset and its results; the pictures stay where they are')
    .argument('<dataset>', 'its name')
    .option('--yes', 'really; without it, only says what would go', false)
    .addOption(catalogOption())
    .addOption(jsonOption())
    .action((dataset: string, options: DeleteOptions) =>
      shell.run(options, async (workbench) =>
        presentDeletion(await workbench.deleteDataset({ dataset, isConfirmed: options.yes })),
      ),
    );
}

const kinds = [
  'samples',
  'masks',
  'marks',
  'reviews',
  'tags',
  'predictions',
  'attributions',
  'concepts',
  'variants',
  'jobs',
] as const;

function presentDeletion(report: DeleteReport): CommandOutcome {
  const { dataset, deleted } = report;
  const table = renderTable(
    ['', deleted ? 'deleted' : 'to be deleted'],
    kinds.map((kind) => [kind, String(report[kind])]),
  );
  if (deleted) return { text: `${table}\n"${dataset}" is deleted; its pictures are where they were.\n`, json: report };
  const sentence = `Nothing was deleted; to delete "${dataset}" from the catalog, say so with --yes.`;
  return { text: table, json: report, failures: [new LightboxError('request/invalid', sentence).toRecord()] };
}
