import { InvalidArgumentError, Option, type Command } from 'commander';
import {
  conditionModes,
  type Concept,
  type ConceptsRecord,
  type ConditionMode,
  type LayerBudget,
  type LayerConcepts,
  type RegionChoice,
} from '#core/workbench/index.ts';
import type { ProviderChoice } from '#shared/providers.ts';
import {
  compositeOption,
  countOption,
  frameOption,
  jsonOption,
  providerOption,
  readNames,
  readShown,
  windowOption,
  type ShownOptions,
} from '../options.ts';
import type { Shell } from '../shell.ts';
import { renderTable } from '../text-table.ts';

interface ConceptsOptions extends ShownOptions {
  readonly model: string;
  readonly out: string;
  readonly composite?: string;
  readonly target: string;
  readonly layers?: readonly string[] | 'all';
  readonly top: number;
  readonly concept?: readonly Concept[];
  readonly mode: ConditionMode;
  readonly region?: RegionChoice;
  readonly provider: ProviderChoice;
  readonly initial: 'one' | 'logit';
  readonly batch: number;
  readonly threads?: number;
  readonly keepNames: boolean;
  readonly json: boolean;
}

const examples = `
A concept is a channel of a layer. For each layer the folder gets the heatmaps of its strongest concepts, from the layer nearest the
picture to the deepest, as a sheet (PNG, SVG) and as NumPy arrays, the relevance of every channel, and a record (JSON).

Examples:
  lightbox concepts chest.png --model resnet50.onnx --out results
  lightbox concepts chest.png --model resnet50.onnx --layers layer3.5.sum,layer4.2.sum --top 5 --out results
  lightbox concepts chest.png --model resnet50.onnx --region 1800,90,300,260 --out results   # which concept carries the L?
  lightbox concepts chest.png --model vgg16.onnx --concept features.28:42 --out results

A region is LEFT,TOP,WIDTH,HEIGHT in the picture's pixels, or a picture of its size that is white inside.`;

export function addConceptsCommand(program: Command, shell: Shell): void {
  const command = program
    .command('concepts')
    .description('show which concepts (channels) of which layers carry an explanation, and where')
    .argument('<picture...>', 'picture files')
    .requiredOption('-m, --model <file>', 'ONNX model')
    .requiredOption('-o, --out <folder>', 'folder for the results');
  addChoices(command)
    .addHelpText('after', examples)
    .action((pictures: readonly string[], options: ConceptsOptions) => {
      const { model, out, batch, concept, ...rest } = options;
      const request = {
        ...rest,
        shown: readShown(options),
        pictures,
        concepts: concept,
        modelPath: model,
        outputFolder: out,
        batchSize: batch,
      };
      return shell.run(options, async (workbench, control) => {
        const report = await workbench.explainConcepts(request, control);
        const failures = report.failures.map(({ error }) => error);
        const text = report.views.map(renderView).join('\n');
        return { text: text === '' ? '' : `${text}Saved in ${out}\n`, json: report, failures };
      });
    });
}

/** What is shown, and by which settings. */
function addChoices(command: Command): Command {
  return command
    .addOption(compositeOption())
    .option('-t, --target <class>', 'predicted, a label, or an index', 'predicted')
    .addOption(
      new Option('-l, --layers <names>', 'all, or names; a selection over the depth if not given').argParser((text) =>
        text === 'all' ? text : readNames(text),
      ),
    )
    .addOption(countOption('-k, --top <count>', 'concepts shown of each layer').default(1))
    .addOption(
      new Option('--concept <layer:channel>', 'show this concept; may be given several times')
        .argParser(readConcept)
        .conflicts(['layers', 'top']),
    )
    .addOption(
      new Option(
        '--mode <mode>',
        'through: what passes the concept; masked: keep what goes round its layer; difference: two passes, subtracted',
      )
        .choices(conditionModes)
        .default('through'),
    )
    .addOption(new Option('--region <region>', 'rank concepts by their relevance inside it').argParser(readRegion))
    .addOption(providerOption())
    .addOption(
      new Option('--initial <relevance>', 'what the walk back starts with').choices(['one', 'logit']).default('logit'),
    )
    .addOption(countOption('-b, --batch <count>', 'conditions computed together').default(8))
    .addOption(frameOption())
    .addOption(windowOption())
    .addOption(countOption('--threads <count>', 'threads on the CPU'))
    .option('--keep-names', 'name results after the pictures instead of numbering them', false)
    .addOption(jsonOption());
}

/** "layer3.2.conv3:17"; collected where given several times. */
function readConcept(text: string, before: readonly Concept[] | undefined): readonly Concept[] {
  const [, layer, channel] = /^(.+):(\d+)$/.exec(text) ?? [];
  if (layer === undefined) throw new InvalidArgumentError('It must be a layer and a channel, such as layer4.2:17.');
  return [...(before ?? []), { layer, channel: Number(channel) }];
}

function readRegion(text: string): RegionChoice {
  if (!/^[\d.,\s]+$/.test(text)) return { maskPath: text };
  const [left = NaN, top = NaN, width = NaN, height = NaN, ...more] = text.split(',').map(Number);
  if (more.length > 0 || !(left >= 0 && top >= 0 && width > 0 && height > 0)) {
    throw new InvalidArgumentError('It must be LEFT,TOP,WIDTH,HEIGHT in pixels, or a picture file.');
  }
  return { left, top, width, height };
}

function renderView(view: ConceptsRecord): string {
  const { picture, target, layers, budget, files, warnings, region } = view;
  const name = picture.name ?? `${picture.position} (${picture.sha256.slice(0, 8)})`;
  const heading = `Picture ${name}: concepts for ${target.label} (${percent(target.probability)})\n`;
  const inside = region ? ['inside the region'] : [];
  const header = ['layer', 'concept', 'rank', 'share of the layer', ...inside, 'goes round', 'absorbed here'];
  const rows = layers.flatMap((layer) => renderLayer(layer, budget));
  return [
    heading,
    renderTable(header, rows),
    ...warnings.map((warning) => `! ${warning}\n`),
    `Sheet: ${files.sheet.png}\n`,
  ].join('');
}

function renderLayer({ name, concepts }: LayerConcepts, budget: readonly LayerBudget[]): string[][] {
  const own = budget.find(({ layer }) => layer === name);
  const total = budget[0] ? budget[0].through + budget[0].round : NaN;
  return concepts.map(({ channel, rank, share, inside }) => [
    ...[name, String(channel), String(rank), percent(share)],
    ...(inside ? [percent(inside.share)] : []),
    percent(own?.roundShare ?? NaN),
    percent((own?.absorbed ?? NaN) / total),
  ]);
}

function percent(share: number): string {
  return Number.isFinite(share) ? `${(100 * share).toFixed(1)}%` : '-';
}
