import type { Command } from 'commander';
import type { CatalogListing } from '#core/workbench/index.ts';
import { catalogOption, jsonOption, readCount } from '../options.ts';
import type { CommandOutcome, Shell } from '../shell.ts';
import { renderTable } from '../text-table.ts';
import { addDeleteCommand } from './delete-command.ts';

interface CatalogOptions {
  readonly catalog?: string;
  readonly json: boolean;
}

const examples = `
Examples:
  lightbox catalog list
  lightbox catalog check
  lightbox catalog backup /mnt/stick/catalog.lightbox
  lightbox catalog cancel 12
  lightbox catalog delete lungs --yes`;

const bytesPerMb = 2 ** 20;

export function addCatalogCommand(program: Command, shell: Shell): void {
  const catalog = program
    .command('catalog')
    .description('list, check, back up or compact the catalog, cancel a job, delete a dataset')
    .addHelpText('after', examples);
  const add = (usage: string, description: string): Command =>
    catalog.command(usage).description(description).addOption(catalogOption()).addOption(jsonOption());
  add('list', 'datasets, models and the latest jobs').action((options: CatalogOptions) =>
    shell.run(options, async (workbench) => presentListing(await workbench.listCatalog())),
  );
  add('check', 'look at everything the catalog consists of; changes nothing').action((options: CatalogOptions) =>
    shell.run(options, async (workbench) => {
      const report = await workbench.checkCatalog();
      const lines = report.findings.map(({ severity, sentence }) => `${severity}: ${sentence}\n`);
      const verdict = report.sound ? 'The catalog is sound.\n' : 'The catalog is damaged; restore a backup.\n';
      return { text: `${lines.join('')}${verdict}`, json: report, failed: !report.sound };
    }),
  );
  add('backup <file>', 'copy database and arrays; the copy opens as a catalog').action(
    (file: string, options: CatalogOptions) =>
      shell.run(options, async (workbench) => {
        const report = await workbench.backUpCatalog(file);
        return { text: `Saved ${file}\n`, json: report };
      }),
  );
  add('compact', 'remove what nothing needs any more').action((options: CatalogOptions) =>
    shell.run(options, async (workbench) => {
      const report = await workbench.compactCatalog();
      return { text: `${((report.bytesBefore - report.bytesAfter) / bytesPerMb).toFixed(1)} MB freed\n`, json: report };
    }),
  );
  add('cancel', 'stop a job; what it had done is kept')
    .argument('<job>', 'its number', readCount)
    .action((id: number, options: CatalogOptions) =>
      shell.run(options, async (workbench) => {
        await workbench.cancelJob(id);
        return { text: `Job ${id} is cancelled.\n`, json: { cancelled: id } };
      }),
    );
  addDeleteCommand(catalog, shell);
}

function presentListing(listing: CatalogListing): CommandOutcome {
  const datasets = listing.datasets.map(({ name, layout, samples, splits, folder }) => [
    ...[name, layout, String(samples), splits.join(', '), folder],
  ]);
  const models = listing.models.map(({ file, title = '', sha256, labels }) => [
    file,
    title,
    sha256.slice(0, 12),
    labels.join(', '),
  ]);
  const jobs = listing.jobs.map(({ id, kind, state, done, total, error = '' }) => [
    ...[String(id), kind, state, `${done}/${total}`, error],
  ]);
  const tables = [
    renderTable(['dataset', 'layout', 'samples', 'splits', 'folder'], datasets),
    renderTable(['model', 'title', 'sha-256', 'classes'], models),
    renderTable(['job', 'kind', 'state', 'done', 'error'], jobs),
  ];
  return { text: `${listing.file}\n\n${tables.join('\n')}`, json: listing };
}
