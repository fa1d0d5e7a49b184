import type { KeptVariant, ReadonlyCatalog } from '#core/catalog/index.ts';
import { computePlanes, parseVariants, variantId, type Variant } from '#core/imaging/index.ts';
import type { Composite } from '#core/relevance/index.ts';
import { unchangedVariant, type VariantAnswer, type VariantQuestion } from '#shared/contract/robustness.ts';
import { LightboxError } from '#shared/errors.ts';
import { findSetup, originOf } from '../../collection/dataset-model.ts';
import { predictedTarget } from '../../resolve-target.ts';
import { describeVariantSettings, findKeptStudy, keepStudy, restoreVersions, type KeptStudy } from '../../robustness/kept-study.ts'; // prettier-ignore
import { asStudyModel, describeSource } from '../../robustness/study-model.ts';
import { studyPicture } from '../../robustness/study-picture.ts';
import { openFor, prepare, type Computing } from '../explain/compute-sample.ts';
import type { ComputingPlace } from '../explain/computing-place.ts';
import { findSubject, type Subject } from '../explain/explainer.ts';
import type { CatalogModelFile } from '../explain/model-files.ts';
import { describeVariant, type VariantSource } from './describe-variant.ts';

/** Says what becomes of a picture's prediction and map when it is changed a little. */
export interface VariantExplainer {
  /** Throws what `Explainer.attribution` throws, and `request/invalid` for a variant there is none of. */
  ask(question: VariantQuestion, signal: AbortSignal | undefined): Promise<VariantAnswer>;
}

export function createVariantExplainer(place: ComputingPlace): VariantExplainer {
  const findSource = createSourceFinder();
  return {
    ask: async (question, signal) => {
      const subject = findSubject(place.read(), question);
      const variant = readVariant(question.variant);
      const file = await place.files.get(subject.model);
      const composite = file.composite(question.composite);
      const asked: Asked = { ...subject, question, variant, file, composite, source: findSource(file, composite) };
      const known = look(place.read(), asked);
      if (known) return { ...known, wasKnown: true };
      const purpose = { composite: question.composite };
      return place.compute({ ...subject, file, signal, purpose }, async (computing) => {
        // Computed for another cell meanwhile.
        const since = look(computing.catalog, asked);
        if (since) return { ...since, wasKnown: true };
        await compute(computing, asked);
        return { ...(look(computing.catalog, asked) ?? vanished()), wasKnown: false };
      });
    },
  };
}

interface Asked extends Subject {
  readonly question: VariantQuestion;
  /** Undefined: the picture as it is. */
  readonly variant: Variant | undefined;
  readonly file: CatalogModelFile;
  readonly composite: Composite;
  readonly source: VariantSource;
}

/** Reading a network takes a moment, and a matrix has many cells. */
function createSourceFinder(): (file: CatalogModelFile, composite: Composite) => VariantSource {
  const known = new Map<string, VariantSource>();
  return (file, composite) => {
    const key = `${file.mark} ${composite.name}`;
    const source = known.get(key) ?? describeSource(file.file, composite);
    known.set(key, source);
    return source;
  };
}

/** Throws `request/invalid`. */
function readVariant(text: string): Variant | undefined {
  if (text === unchangedVariant) return undefined;
  const [variant, ...more] = parseVariants([text], 1);
  if (variant && more.length === 0) return variant;
  throw new LightboxError('request/invalid', `"${text}" is more than one variant; ask for one at a time.`);
}

const settingsOf = ({ composite, question: { averageShifts = false } }: Asked): object =>
  describeVariantSettings({ composite, averageShifts });

function findKept(catalog: ReadonlyCatalog, asked: Asked): KeptStudy | undefined {
  const { sample, model, file, question } = asked;
  const settings = { input: file.file.manifest.manifest.input, ...settingsOf(asked) };
  const setup = catalog.setups.find({ model: model.id, kind: 'variant', settings });
  const target = question.target === 'predicted' ? predictedTarget : question.target;
  return setup && findKeptStudy(catalog, { setup: setup.id, sampleId: sample.id, target });
}

function look(catalog: ReadonlyCatalog, asked: Asked): Omit<VariantAnswer, 'wasKnown'> | undefined {
  const kept = findKept(catalog, asked);
  const row: KeptVariant | undefined = asked.variant ? kept?.variants.get(variantId(asked.variant)) : kept?.original;
  return row && describeVariant(row, asked);
}

async function compute(computing: Computing, asked: Asked): Promise<void> {
  const { engine, catalog, signal } = computing;
  const { file, composite, source, question, variant } = asked;
  const model = await openFor(computing, { composite });
  const { prepared, sample } = await prepare(computing, model);
  computing.onStep('computing');
  const planes = computePlanes(prepared.picture, file.file.manifest.manifest.input);
  const task = { planes, sha256: sample.contentSha256, variants: variant ? [variant] : [] };
  const kept = findKept(catalog, asked);
  const known = kept && (await restoreVersions(catalog, kept, { source, ...task }));
  const target = question.target === 'predicted' ? predictedTarget : question.target;
  const options = { target, batchSize: 1, averageShifts: question.averageShifts ?? false, signal };
  const opened = asStudyModel(source, { engine, opened: model.opened });
  const study = await studyPicture(opened, { ...task, options, known });
  const setup = findSetup(catalog, model, { kind: 'variant', settings: settingsOf(asked) });
  const { contentSha256 } = sample;
  await keepStudy(catalog, { setup: setup.id, origin: originOf(model), contentSha256, known }, study);
}

function vanished(): never {
  throw new LightboxError('sample/unknown', 'The picture was deleted while its variant was computed.');
}
