import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import type { ReadonlyCatalog } from '#core/catalog/index.ts';
import type { Engine } from '#core/engine/index.ts';
import { compareFigureFiles, readFigureRecord, writeFigure, type FigureFormat } from '#core/figures/index.ts';
import { LightboxError } from '#shared/errors.ts';
import type { JobControl } from '../../job.ts';
import { lightboxVersion } from '../../versions.ts';
import { figureRecipeSchema, type FigureRecipe } from '../figure-recipe.ts';
import { makeFigure } from '../make-figure.ts';
import { compareRecords, type RecordDifference } from './compare-records.ts';
import { findSources, type FoundSources, type SourcePlaces } from './find-sources.ts';
import { readProvenance, type FigureFacts } from './figure-facts.ts';

export interface VerifyRequest extends SourcePlaces {
  readonly file: string;
}

/** `close`: numbers hardly differ, as on another machine. `incomplete`: it could not be made again. */
export type FigureVerdict = 'unchanged' | 'close' | 'changed' | 'incomplete';

export interface VerifyReport {
  readonly file: string;
  readonly verdict: FigureVerdict;
  readonly sentence: string;
  /** Every difference, and what was not found. */
  readonly findings: readonly string[];
  readonly madeBy: string;
  readonly missing: FoundSources['missing'];
}

interface VerifyPlace {
  readonly engine: Engine;
  readonly findCatalog: () => ReadonlyCatalog | undefined;
}

/** Makes a saved figure again from what is written in it, and tells every difference. Throws `request/invalid` for a file that says nothing of itself. */
export async function verifyFigure(
  place: VerifyPlace,
  request: VerifyRequest,
  control: JobControl,
): Promise<VerifyReport> {
  const saved = await readFile(request.file).catch((cause: unknown) => {
    throw new LightboxError('request/invalid', `The figure "${request.file}" cannot be read; check the path.`, {
      cause,
    });
  });
  const record = readFigureRecord(request.file, saved);
  const facts = readProvenance(record);
  const versions = describeVersion(facts);
  const recipe = figureRecipeSchema.safeParse(record['recipe']);
  if (!recipe.success) return incomplete(request, facts, [...versions, noRecipe(record)]);
  const found = await findSources(recipe.data, request, place.findCatalog());
  const replaced = standIn(recipe.data, found);
  const gaps = describeGaps(replaced ? { ...found.missing, models: [] } : found.missing);
  if (gaps.length > 0) return { ...incomplete(request, facts, [...versions, ...gaps]), missing: found.missing };
  const work = { engine: place.engine, sources: found.sources, control, ...facts };
  const again = await makeFigure(replaced?.recipe ?? recipe.data, work);
  const differences = compareRecords(comparable(record), comparable(JSON.parse(again.record)));
  const format = extname(request.file).toLowerCase() as FigureFormat;
  const drawn = await compareFigureFiles(format, saved, Buffer.from(await writeFigure(request.file, again)));
  const findings = [
    ...versions,
    ...(replaced?.findings ?? []),
    ...differences.map(({ sentence }) => sentence),
    ...drawn,
  ];
  const verdict = judge({ differences, drawn, replaced: replaced !== undefined });
  return {
    file: request.file,
    verdict,
    sentence: sentences[verdict],
    findings,
    madeBy: facts.version,
    missing: found.missing,
  };
}

const sentences: Readonly<Record<FigureVerdict, string>> = {
  unchanged: 'The figure is what its models and pictures give: nothing differs.',
  close: 'The figure is what its models and pictures give, but for numbers that hardly differ, as on another machine.',
  changed: 'The figure is not what its models and pictures give.',
  incomplete: 'The figure could not be made again, so it is neither confirmed nor refuted.',
};

/** What computed is told apart, and may be another on another machine. */
const comparable = (record: unknown): unknown => ({ ...(record as object), computed: undefined });

function judge({
  differences,
  drawn,
  replaced,
}: {
  readonly differences: readonly RecordDifference[];
  readonly drawn: readonly string[];
  readonly replaced: boolean;
}): FigureVerdict {
  if (!replaced && differences.length === 0 && drawn.length === 0) return 'unchanged';
  const isClose = !replaced && differences.length > 0 && differences.every((one) => one.isClose);
  return isClose ? 'close' : 'changed';
}

function describeVersion({ version }: FigureFacts): readonly string[] {
  if (version === lightboxVersion) return [];
  return [
    `It was made by version ${version}; this is version ${lightboxVersion}, which may compute or draw differently.`,
  ];
}

const noRecipe = (record: Readonly<Record<string, unknown>>): string =>
  record['recipe'] === undefined
    ? 'It says where it comes from but not how to make it again: it was not made by "lightbox figure".'
    : 'What it says of how it was made is damaged or of another version.';

function incomplete({ file }: VerifyRequest, facts: FigureFacts, findings: readonly string[]): VerifyReport {
  const missing = { models: [], pictures: [] };
  return { file, verdict: 'incomplete', sentence: sentences.incomplete, findings, madeBy: facts.version, missing };
}

const describeGaps = ({ models, pictures }: FoundSources['missing']): readonly string[] => [
  ...models.map((sha256) => `The model with the SHA-256 ${sha256} was not found; name it with --model.`),
  ...pictures.map((sha256) => `The picture with the SHA-256 ${sha256} was not found; name its folder with --pictures.`),
];

/** One model given in the place of the one that was not found: what it gives is told, as a difference. */
function standIn(
  recipe: FigureRecipe,
  { missing, others }: FoundSources,
): { readonly recipe: FigureRecipe; readonly findings: readonly string[] } | undefined {
  const [lost, ...more] = missing.models;
  const [other, ...rest] = others;
  if (lost === undefined || other === undefined || more.length > 0 || rest.length > 0) return undefined;
  const text = JSON.stringify(recipe).replaceAll(lost, other.sha256);
  return {
    recipe: figureRecipeSchema.parse(JSON.parse(text)),
    findings: [`The model is another one: ${lost} in the file, ${other.sha256} given.`],
  };
}
