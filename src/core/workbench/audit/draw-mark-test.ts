import {
  renderMarkTestSheet,
  type Drawing,
  type Figure,
  type MarkTestPicture,
  type MarkTestSheet,
} from '#core/figures/index.ts';
import { renderOverlayPng, showModelInput, writeDisplayPng } from '#core/imaging/index.ts';
import type { FillName, PixelPlanes } from '#core/audit/index.ts';
import { chooseLook } from '../heatmap-look.ts';
import { lightboxVersion } from '../versions.ts';
import { netOf } from './describe-region-test.ts';
import type { ClassRecord } from './mark-test-request.ts';
import type { TestedPicture } from './test-picture-mark.ts';

type DrawingChoice = Partial<Pick<MarkTestSheet, 'title' | 'theme' | 'widthMm' | 'origin'>> & {
  readonly version?: string | undefined;
  readonly created?: string | undefined;
};

/** The figure of a test: picture with mark, heatmap of the class that moves most, controls, the picture by each fill, and every class's numbers. */
export async function drawMarkTest(tested: TestedPicture, choice: DrawingChoice = {}): Promise<Figure> {
  const { report, test, model } = tested;
  const lead = findLead(report.classes);
  const title = model.record.title ?? model.record.file.replace(/\.onnx$/, '');
  return renderMarkTestSheet({
    ...{ theme: choice.theme, widthMm: choice.widthMm, origin: choice.origin },
    title: choice.title ?? `${report.mark === 'border' ? 'Border' : 'Mark'} taken away: ${report.verdict}`,
    subtitle: report.sentence,
    maskWidth: test.picture.width,
    before: [await drawPicture(tested), ...(await drawHeatmaps(tested, lead)), await drawControls(tested)],
    after: await Promise.all(report.fills.map(({ fill }) => drawFill(tested, { fill, lead }))),
    head: [
      'Class',
      'logit',
      'net effect',
      'by fill',
      'probability',
      'net effect',
      'by fill',
      'relevance',
      'enrichment',
      'verdict',
    ],
    rows: report.classes.map((record) => ({ name: record.label, cells: cellsOf(record) })),
    legend: [
      'Net effect: answer before less answer after, less the same for the controls (middle of the fills; by fill: least and largest). Above zero the mark spoke for the class.',
      `Yellow: the mark with its edge. Blue: ${test.controls.masks.length} controls of the same pixels, as far from the middle. Relevance (of either sign, ${model.composite}): its share in what is taken away.`,
    ],
    provenance: {
      ...{ model: { title, sha256: model.record.sha256 }, selection: `seed ${report.seed}` },
      ...{ version: choice.version ?? lightboxVersion, created: choice.created ?? new Date().toISOString() },
    },
  });
}

interface Lead {
  readonly record: ClassRecord | undefined;
  readonly index: number;
}

function findLead(classes: readonly ClassRecord[]): Lead {
  const largest = Math.max(...classes.map((record) => Math.abs(netOf(record, 'logit'))));
  const index = Math.max(
    0,
    classes.findIndex((record) => Math.abs(netOf(record, 'logit')) === largest),
  );
  return { record: classes[index], index };
}

async function drawPicture({ test, model, report }: TestedPicture): Promise<MarkTestPicture> {
  const area = `${(100 * report.areaShare).toFixed(1)}% of the area`;
  return {
    ...{ drawing: await drawPlanes(test.picture, model), heading: 'What the model sees' },
    ...{ notes: [area], outlines: [test.removed] },
  };
}

/** Of the class that moves most and, where that is another, of the class the model answers. */
async function drawHeatmaps(tested: TestedPicture, lead: Lead): Promise<readonly MarkTestPicture[]> {
  const { classes } = tested.report;
  const answered = classes.findIndex(({ logit }) => logit === Math.max(...classes.map((one) => one.logit)));
  const answer = { index: answered, record: classes[answered] };
  const shown = answered === lead.index ? [lead] : [answer, lead];
  return Promise.all(shown.map((one) => drawHeatmap(tested, one)));
}

async function drawHeatmap({ test, model }: TestedPicture, { index, record }: Lead): Promise<MarkTestPicture> {
  const picture = showModelInput(test.picture.values, model.recipe);
  const { width, height } = picture;
  const values = test.maps[index]?.values ?? new Float32Array(width * height);
  const { overlay } = chooseLook({}, { values, turned: false });
  const region = { left: 0, top: 0, width, height };
  const drawing = await renderOverlayPng({ picture, region, heatmap: { width, height, values }, style: overlay });
  const share = record?.share ?? undefined;
  const note = share === undefined ? 'no relevance' : `${(100 * share).toFixed(1)}% of it in what is taken away`;
  return { drawing, heading: `Relevance for ${record?.label ?? ''}`, notes: [note], outlines: [test.removed] };
}

async function drawControls({ test, model }: TestedPicture): Promise<MarkTestPicture> {
  const { masks, tolerance } = test.controls;
  const off = tolerance === undefined ? '' : `, distance within ${(100 * tolerance).toFixed(0)}%`;
  return {
    ...{ drawing: await drawPlanes(test.picture, model), heading: 'Matched controls' },
    ...{ notes: [`${masks.length} places${off}`], outlines: [test.removed, ...masks] },
  };
}

async function drawFill(
  { test, model }: TestedPicture,
  { fill, lead: { record } }: { readonly fill: FillName; readonly lead: Lead },
): Promise<MarkTestPicture> {
  const planes = test.variants.find((variant) => variant.fill === fill && variant.removed === 'mark')?.picture;
  const net = (scale: 'logit' | 'probability'): string =>
    signed(
      record?.effects.find((effect) => effect.scale === scale)?.fills.find((one) => one.fill === fill)?.net ?? NaN,
    );
  return {
    ...{ drawing: await drawPlanes(planes ?? test.picture, model), heading: `Filled: ${fill}` },
    notes: [`${record?.label ?? ''}: net ${net('logit')} logit, ${net('probability')}`],
    outlines: [],
  };
}

async function drawPlanes({ values }: PixelPlanes, { recipe }: TestedPicture['model']): Promise<Drawing> {
  const picture = showModelInput(values, recipe);
  const { width, height } = picture;
  return { width, height, png: await writeDisplayPng(picture, { width, height }) };
}

function cellsOf({ logit, probability, share, enrichment, verdict, effects }: ClassRecord): readonly string[] {
  const moves = (['logit', 'probability'] as const).map((scale) => {
    const effect = effects.find((one) => one.scale === scale);
    return effect ? [signed(effect.net), `${signed(effect.least)} to ${signed(effect.largest)}`] : ['-', '-'];
  });
  return [
    ...[signed(logit), ...(moves[0] ?? []), probability.toFixed(3), ...(moves[1] ?? [])],
    ...[
      share === null ? '-' : `${(100 * share).toFixed(1)}%`,
      enrichment === null ? '-' : enrichment.toFixed(1),
      verdict,
    ],
  ];
}

/** Two decimals, without a minus before nothing. */
const signed = (value: number): string => {
  const text = Math.abs(value).toFixed(2);
  return value < 0 && Number(text) !== 0 ? `\u2212${text}` : text;
};
