import { Option, type Command } from 'commander';
import {
  deidentificationProfiles,
  layoutNames,
  type DeidentificationProfile,
  type ImportPreview,
  type ImportReport,
  type LayoutName,
} from '#core/workbench/index.ts';
import { catalogOption, jsonOption, readNames } from '../options.ts';
import type { CommandOutcome, Shell } from '../shell.ts';
import { renderTable } from '../text-table.ts';

interface ImportOptions {
  readonly as: LayoutName | 'auto';
  readonly name?: string;
  readonly profile?: DeidentificationProfile;
  readonly keep?: readonly string[];
  readonly recipe?: string;
  readonly finding?: string;
  readonly dryRun: boolean;
  readonly catalog?: string;
  readonly json: boolean;
}

const examples = `
Every picture is read once: hashed, decoded, given a thumbnail. Importing the folder again reads only what changed.
The catalog keeps no patient: a salted hash of the id, and of other facts what the profile allows.

Examples:
  lightbox import COVID-QU-Ex_Dataset
  lightbox import melanoma --as siim-isic --profile research
  lightbox import films --as dicom --name ward-3
  lightbox import films --dry-run`;

export function addImportCommand(program: Command, shell: Shell): void {
  program
    .command('import')
    .description('bring a folder of pictures into the catalog')
    .argument('<folder>', 'the folder of a dataset')
    .addOption(new Option('--as <layout>', 'how it lies on disk').choices(['auto', ...layoutNames]).default('auto'))
    .option('--name <name>', "the dataset's name; the folder's own if not given")
    .addOption(new Option('--profile <profile>', 'what is kept of metadata').choices(deidentificationProfiles))
    .addOption(new Option('--keep <names>', 'metadata to keep that no profile knows').argParser(readNames))
    .option('--recipe <file>', 'layout csv: which column is what (JSON)')
    .option('--finding <name>', 'layouts nih-cxr14 and chexpert: label films by this finding')
    .option('--dry-run', 'only say what would be imported', false)
    .addOption(catalogOption())
    .addOption(jsonOption())
    .addHelpText('after', examples)
    .action((folder: string, { as: layout, json, catalog, recipe: recipeFile, dryRun, ...rest }: ImportOptions) =>
      shell.run({ json, catalog }, async (workbench, control) => {
        const request = { ...rest, recipeFile, folder, layout };
        if (dryRun) return presentPreview(await workbench.previewImport(request, control));
        return presentReport(await workbench.importDataset(request, control));
      }),
    );
}

const mostUnreadable = 10;

function presentPreview(preview: ImportPreview): CommandOutcome {
  const { name, layout, reason, summary, isKnown, conflict } = preview;
  const lines = [`${name}: ${layout}. ${reason}`, ...summary.sentences];
  const warnings = [...summary.warnings, ...(conflict === undefined ? [] : [conflict])];
  const end = isKnown ? 'Nothing was changed; an import brings the catalog up to date.' : 'Nothing was imported.';
  const text = [
    lines.join('\n'),
    '',
    ...summary.tables.map(renderClassTable),
    ...warnings.map((one) => `! ${one}`),
    end,
  ];
  return { text: `${text.join('\n')}\n`, json: preview };
}

function presentReport(report: ImportReport): CommandOutcome {
  const { dataset, reason, summary, duplicates, unreadable, samples, findings, seconds } = report;
  const { added, changed, unchanged, removed, changedMasks } = samples;
  const lines = [
    `${dataset.name}: ${dataset.layout}. ${reason}`,
    ...summary.sentences,
    ...duplicates,
    ...unreadable.slice(0, mostUnreadable).map(({ path, reason: why }) => `Cannot be used: ${path}: ${why}`),
    ...(unreadable.length > mostUnreadable
      ? [`And ${unreadable.length - mostUnreadable} more that cannot be used.`]
      : []),
  ];
  const tables = summary.tables.map(renderClassTable).join('\n');
  const warnings = [...summary.warnings, ...findings].map((warning) => `! ${warning}\n`).join('');
  const masks = changedMasks === 0 ? '' : `, ${changedMasks} changed ${changedMasks === 1 ? 'mask' : 'masks'}`;
  const counts = `${added} added, ${changed} changed, ${unchanged} as they were, ${removed} removed${masks} in ${seconds.toFixed(1)} s`;
  return {
    text: `${lines.join('\n')}\n\n${tables}${warnings === '' ? '' : `\n${warnings}`}\n${counts}\n`,
    json: report,
  };
}

function renderClassTable({ collection, splits, labels, counts }: ImportReport['summary']['tables'][number]): string {
  const header = [
    collection === undefined ? 'class' : `class (${collection})`,
    ...splits.map((split) => split ?? 'no split'),
    'all',
  ];
  const rows = labels.map((label, column) => {
    const cells = counts.map((row) => row[column] ?? 0);
    return [label ?? 'no label', ...cells.map(String), String(cells.reduce((sum, count) => sum + count, 0))];
  });
  return renderTable(header, rows);
}
