import { InvalidArgumentError, Option, type Command } from 'commander';
import type { CarrierFilter, CarrierReport, ConceptReport, Ranking, ReferenceReport } from '#core/workbench/index.ts';
import {
  addRunOptions,
  addStudyOptions,
  compositeOption,
  countOption,
  labelsOption,
  readNames,
  type StudyOptions,
} from '../options.ts';
import type { CommandOutcome, Shell } from '../shell.ts';
import { renderTable } from '../text-table.ts';

interface ReferenceOptions extends CarrierFilter, StudyOptions {
  readonly layers: readonly string[];
  readonly rankBy: Ranking['by'];
  readonly sum: Ranking['sum'];
  readonly raw: boolean;
  readonly perClass: boolean;
  readonly composite?: string;
  readonly top?: number;
  readonly concept?: readonly string[];
  readonly class?: string;
  readonly tag?: readonly string[];
  readonly show: 'masked' | 'heatmap';
  readonly labels?: readonly string[];
  readonly batch: number;
}

const examples = `
Every picture is read once: what each channel (concept) of each layer carries stays in the catalog, 10 bytes a channel. The same
command goes on where it stopped, and after the dataset has grown it reads the new pictures alone.

Examples:
  lightbox reference --model vgg16.onnx --dataset cxr --out concepts
  lightbox reference --model vgg16.onnx --dataset cxr --split Train --layers features.40 --top 10 --per-class --out concepts
  lightbox reference --model vgg16.onnx --dataset cxr --concept features.40:52 --show heatmap --out concepts
  lightbox reference --model vgg16.onnx --dataset cxr --concept features.40:52 --above 5 --class Normal`;

export function addReferenceCommand(program: Command, shell: Shell): void {
  const command = program
    .command('reference')
    .description('find the samples of a dataset that show the concepts of a model best');
  addStudyOptions(command).addOption(
    new Option('-l, --layers <names>', 'all, or layers by name').argParser(readNames).default(['all'], 'all'),
  );
  addRankingOptions(command);
  addCarrierOptions(command);
  command
    .addOption(new Option('--show <look>', 'what figures show').choices(['masked', 'heatmap']).default('masked'))
    .option('-o, --out <folder>', 'folder for sheets, mean maps and JSON')
    .addOption(labelsOption())
    .addOption(countOption('-b, --batch <count>', 'pictures entered into the catalog together').default(8));
  addRunOptions(command)
    .addHelpText('after', examples)
    .action((options: ReferenceOptions) => runReference(options, shell));
}

function addRankingOptions(command: Command): void {
  command
    .addOption(
      new Option('--rank-by <what>', 'relevance for the own label, or activation')
        .choices(['relevance', 'activation'])
        .default('relevance'),
    )
    .addOption(new Option('--sum <how>', 'over positions').choices(['sum', 'max']).default('sum'))
    .option('--raw', 'rank by values as they are, not by shares of the layer', false)
    .option('--per-class', 'the best samples of each class too', false)
    .addOption(compositeOption())
    .addOption(countOption('--top <count>', 'concepts of each layer, the highest on average').default(3))
    .addOption(
      new Option('--concept <names>', 'concepts as LAYER:CHANNEL, each with its mean map and what feeds it').argParser(
        readNames,
      ),
    );
}

function addCarrierOptions(command: Command): void {
  command
    .addOption(
      new Option('--above <percent>', 'list samples on which the concept carries more of the layer').argParser(
        readPercent,
      ),
    )
    .addOption(new Option('--below <percent>', 'or less').argParser(readPercent))
    .option('--class <label>', 'of these, those with this label')
    .option('--predicted <class>', 'of these, those predicted as this class')
    .addOption(new Option('--tag <names>', 'of these, those with these tags').argParser(readNames))
    .addOption(countOption('--limit <count>', 'samples listed').default(50))
    .option('--keep-names', 'tell the paths of listed samples', false);
}

function readPercent(text: string): number {
  const percent = Number(text);
  if (text.trim() !== '' && percent >= -100 && percent <= 100) return percent;
  throw new InvalidArgumentError('It must be a number from -100 to 100.');
}

function runReference(options: ReferenceOptions, shell: Shell): Promise<void> {
  const { model, out, concept, class: label, tag, rankBy, sum, raw, batch, above, below } = options;
  const { predicted, limit, keepNames } = options;
  const carriers = { above, below, label, predicted, tags: tag, limit, keepNames };
  const request = {
    ...{ ...options, modelPath: model, outputFolder: out, concepts: concept, batchSize: batch },
    ranking: { by: rankBy, sum, normalised: !raw },
    carriers: above === undefined && below === undefined ? undefined : carriers,
  };
  return shell.run(options, async (workbench, control) =>
    present(await workbench.findReferences(request, control), out),
  );
}

function present(report: ReferenceReport, folder: string | undefined): CommandOutcome {
  const { dataset, computed, pictures, negativeLogits, concepts, carriers = [], warnings, seconds } = report;
  const read = computed === 0 ? 'nothing was missing' : `${computed} pictures read`;
  const text = [
    ...warnings.map((warning) => `! ${warning}\n`),
    ...(negativeLogits > 0 ? [`! ${describeNegative(report)}\n`] : []),
    ...(concepts.length > 0
      ? [
          renderTable(
            header,
            concepts.map((one) => describeConcept(one, report)),
          ),
        ]
      : []),
    ...concepts.flatMap(describePage),
    ...carriers.map(describeCarriers),
    `${dataset}: ${read}, ${pictures} ranked in ${seconds.toFixed(1)} s\n`,
    ...(folder === undefined ? [] : [`Saved in ${folder}\n`]),
  ];
  return { text: text.join(''), json: report, failures: report.failures.map(({ error }) => error) };
}

const header = ['layer', 'channel', 'mean', 'best', 'of class', 'strongest class', 'among top 5 there'];

function describeConcept(
  { layer, channel, meanScore, samples: [best], classes: [first] }: ConceptReport,
  { ranking }: ReferenceReport,
): readonly string[] {
  const format = (score: number | undefined): string => {
    if (score === undefined) return '';
    return ranking.normalised ? formatPercent(score) : score.toPrecision(3);
  };
  const strongest = first ? `${first.class ?? 'without a label'} ${format(first.meanOfBest10)}` : '';
  return [
    ...[layer, String(channel), format(meanScore), format(best?.score), best?.class ?? '', strongest],
    first ? formatPercent(first.amongTop5) : '',
  ];
}

function describePage({ layer, channel, page }: ConceptReport): readonly string[] {
  return (page?.feeds ?? []).map(({ layer: below, concepts }) => {
    const fed = concepts.map((one) => `${one.channel} (${formatPercent(one.share)})`).join(', ');
    return `${layer}:${channel} is fed by ${below}: ${fed}\n`;
  });
}

function describeCarriers({ layer, channel, count, samples }: CarrierReport): string {
  const named = samples.some((sample) => sample.path !== undefined);
  const rows = samples.map(({ sample, class: label, split, share, logit, path }) => [
    ...[String(sample), label ?? '', split ?? '', formatPercent(share), logit?.toFixed(2) ?? ''],
    ...(named ? [path ?? ''] : []),
  ]);
  const columns = ['sample', 'class', 'split', 'share', 'logit', ...(named ? ['path'] : [])];
  return `${layer}:${channel}: ${count} samples\n${rows.length > 0 ? renderTable(columns, rows) : ''}`;
}

function describeNegative({ negativeLogits, negativeLogitsInvert }: ReferenceReport): string {
  const has = negativeLogits === 1 ? '1 picture has' : `${negativeLogits} pictures have`;
  const what = negativeLogitsInvert
    ? 'which inverts their ranking: they rank high by what speaks against their class'
    : 'the model decides against the class they are ranked for';
  return `${has} a negative logit for the own class, ${what}; they are marked.`;
}

const formatPercent = (share: number): string => `${(100 * share).toFixed(1)}%`;
