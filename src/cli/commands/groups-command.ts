import { Option, type Command } from 'commander';
import { groupedPictures, type GroupsRequest } from '#core/workbench/index.ts';
import type { GroupingView, GroupView } from '#shared/contract/groups.ts';
import type { ProviderChoice } from '#shared/providers.ts';
import {
  catalogOption,
  compositeOption,
  countOption,
  datasetOption,
  jsonOption,
  labelsOption,
  providerOption,
} from '../options.ts';
import type { CommandOutcome, Shell } from '../shell.ts';
import { renderTable } from '../text-table.ts';

interface GroupsOptions extends Omit<GroupsRequest, 'modelPath' | 'batchSize' | 'outputFolder'> {
  readonly model: string;
  readonly provider: ProviderChoice;
  readonly batch: number;
  readonly out?: string;
  readonly threads?: number;
  readonly catalog?: string;
  readonly json: boolean;
}

const examples = `
Maps of a class are pooled, joined with their nearest, and divided by the smallest eigenvectors of that graph (spectral relevance analysis). A group whose
relevance lies where no disease is, is a suspicion: look at it, mark it, and test the mark (lightbox test-mark). Maps that are missing are
computed first. docs/groups.md has the formulas. --out saves a figure (SVG, PNG, PDF), tables (CSV) and all numbers (JSON).

Examples:
  lightbox groups --dataset demo-chest --model chest-vgg16-biased.onnx --class Non-COVID --pictures all
  lightbox groups --dataset cxr --model resnet50.onnx --class Normal --out groups`;

export function addGroupsCommand(program: Command, shell: Shell): void {
  program
    .command('groups')
    .description('group the maps of a class by where their relevance lies')
    .requiredOption('-m, --model <file>', 'ONNX model')
    .addOption(datasetOption())
    .requiredOption('--class <label>', 'a class of the model')
    .addOption(
      new Option('--pictures <which>', 'whose maps: predicted as the class, labelled so, or all, explained for it')
        .choices(groupedPictures)
        .default('predicted'),
    )
    .addOption(labelsOption())
    .addOption(compositeOption())
    .addOption(countOption('--side <cells>', 'maps are pooled to so many cells a side').default(28))
    .addOption(countOption('--neighbours <count>', 'nearest maps each is joined with; by their number if not given'))
    .addOption(countOption('--count <groups>', 'groups; by the eigengap if not given'))
    .addOption(countOption('--most-groups <groups>', 'most groups the eigengap may choose').default(8))
    .addOption(countOption('--seed <number>', 'what chance is drawn from').default(1))
    .option('-o, --out <folder>', 'folder for figure and tables')
    .addOption(providerOption())
    .addOption(countOption('-b, --batch <count>', 'pictures computed together').default(1))
    .addOption(countOption('--threads <count>', 'threads on the CPU'))
    .addOption(catalogOption())
    .addOption(jsonOption())
    .addHelpText('after', examples)
    .action(({ model, batch, out, ...options }: GroupsOptions) =>
      shell.run(options, async (workbench, control) => {
        const request = { ...options, modelPath: model, batchSize: batch, outputFolder: out };
        return present(await workbench.groupMaps(request, control), out);
      }),
    );
}

function present(view: GroupingView, out: string | undefined): CommandOutcome {
  const { points, groups, settings, leftOut, eigenvalues, silhouette, neighbours, method, components } = view;
  const { side, seed } = settings;
  const missing = Object.values(leftOut).reduce((sum, count) => sum + count, 0);
  const heading = [
    `${view.model.title} on ${view.dataset}: ${points.length} maps of ${view.label} (${view.asked}), ${view.composite}; ${missing} left out\n`,
    `${side} x ${side} cells, ${neighbours} neighbours, ${components} connected part${components === 1 ? '' : 's'}, seed ${seed}; silhouette ${silhouette.toFixed(3)}\n`,
    `Eigenvalues (${method}): ${eigenvalues.map((value) => value.toFixed(3)).join(' ')}\n`,
    ...(view.drawnFrom === undefined ? [] : [`Drawn at random from ${view.drawnFrom} maps.\n`]),
  ];
  const regions = groups[0]?.regions.map(({ region }) => region) ?? [];
  const rows = groups.map((group) => describeGroup(group, regions));
  const table = renderTable(['group', 'maps', 'silhouette', 'labels', 'predicted', ...regions], rows);
  return { text: `${heading.join('')}\n${table}${out === undefined ? '' : `\nSaved in ${out}\n`}`, json: view };
}

function describeGroup(
  { group, size, silhouette, labels, predicted, ...rest }: GroupView,
  regions: readonly string[],
): string[] {
  const list = (shares: GroupView['labels']): string =>
    shares.map(({ name, count }) => `${name || '-'} ${count}`).join(', ');
  const marked = regions.map((name) => {
    const found = rest.regions.find(({ region }) => region === name);
    return found ? `${found.inGroup} of ${size}, odds ${found.oddsRatio.toFixed(1)}` : '';
  });
  return [`${group + 1}`, `${size}`, silhouette.toFixed(3), list(labels), list(predicted), ...marked];
}
