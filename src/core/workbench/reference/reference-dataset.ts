import path from 'node:path';
import type { Catalog } from '#core/catalog/index.ts';
import type { Engine } from '#core/engine/index.ts';
import { saveFile } from '#core/imaging/index.ts';
import { defaultComposite, signMeaning, type Composite } from '#core/relevance/index.ts';
import { LightboxError } from '#shared/errors.ts';
import { chooseComposites } from '../choose-composites.ts';
import type { JobControl } from '../job.ts';
import { loadModelFile, type ModelFile } from '../model-file.ts';
import { readModelNetwork } from '../name-rules.ts';
import { senseRelevance } from '../relevance-sense.ts';
import { zBoxBounds } from '../zbox-bounds.ts';
import type { Concept } from '../concept-layers.ts';
import { chooseConceptLayers, readConcept } from './choose-concepts.ts';
import { collectStatistics, listTopChannels, type StatisticsRequest } from './concept-statistics.ts';
import { describeConcept, type ReferenceReport } from './describe-reference.ts';
import { listCarriers, type CarrierReport } from './list-carriers.ts';
import { readConceptsOfDataset, type ReadDataset } from './read-concepts.ts';
import type { RankedDataset } from './ranked-dataset.ts';
import { saveReferences } from './save-references.ts';
import { defaultRanking, type Ranking, type ReferenceRequest } from './reference-request.ts';

const TOP_CONCEPTS = 3;
const REPORT_FILE = 'reference.json';

/**
 * Finds the samples of a dataset that show concepts best (RelMax or ActMax; Achtibat et al. 2023): reads what is missing, ranks, and
 * saves figures where a folder is named.
 */
export async function findReferences(
  place: { readonly engine: Engine; readonly catalog: Catalog },
  request: ReferenceRequest,
  control: JobControl,
): Promise<ReferenceReport> {
  const start = performance.now();
  const ranking: Ranking = { ...defaultRanking, ...request.ranking };
  const file = await loadModelFile(request.modelPath);
  const composite = await chooseOne(request, file);
  const asked = checkRequest(request, file);
  const read = await readConceptsOfDataset(place, { ...request, by: ranking.by, chosenComposite: composite }, control);
  const ranked = rankConcepts(place.catalog, { read, ranking, composite, request, asked });
  const saved = await saveReferences(place.engine, { ranked, request, control });
  const { perClass = false } = request;
  const { isInverted } = ranked;
  const report: ReferenceReport = {
    ...read.report,
    ...{ split: request.split ?? null, ranking, composite: composite.name, pictures: ranked.pictures },
    layers: read.layers.map(({ name, channels }) => ({ name, channels })),
    negativeLogits: ranked.negativeLogits,
    negativeLogitsInvert: isInverted(-1),
    concepts: ranked.concepts.map((concept) => ({
      ...describeConcept({ ...concept, perClass, isInverted }),
      page: saved.pageOf(concept),
    })),
    carriers: findCarriers(place.catalog, read, request),
    files: saved.files,
    seconds: (performance.now() - start) / 1000,
  };
  if (request.outputFolder === undefined) return report;
  place.catalog.log.append({ action: 'results/saved', subject: { kind: 'references' } });
  const text = `${JSON.stringify(report, undefined, 2)}\n`;
  await saveFile(path.join(request.outputFolder, REPORT_FILE), Buffer.from(text, 'utf8'));
  return { ...report, files: [REPORT_FILE, ...report.files] };
}

function findCarriers(
  catalog: Catalog,
  read: ReadDataset,
  { carriers, concepts = [], split }: ReferenceRequest,
): readonly CarrierReport[] | undefined {
  return (
    carriers && concepts.map((concept) => listCarriers(catalog, read, { request: { ...carriers, concept }, split }))
  );
}

async function chooseOne({ composite = defaultComposite }: ReferenceRequest, file: ModelFile): Promise<Composite> {
  const [chosen, ...others] = await chooseComposites(composite, zBoxBounds(file));
  if (chosen && others.length === 0) return chosen;
  throw new LightboxError('composite/invalid', 'Reference samples are found with one composite; name one.');
}

/** What can be wrong with a request is said before anything is computed. */
function checkRequest({ layers, concepts = [], carriers }: ReferenceRequest, file: ModelFile): readonly Concept[] {
  const network = readModelNetwork(file);
  const chosen = chooseConceptLayers(network.layers, layers);
  const asked = concepts.map((text) => readConcept(text, network.layers));
  if (carriers && asked.length === 0)
    throw new LightboxError('request/invalid', 'Samples are found by a concept; name one as LAYER:CHANNEL.');
  const outside = asked.find(({ layer }) => !chosen.some(({ name }) => name === layer));
  if (!outside) return asked;
  throw new LightboxError(
    'request/invalid',
    `The concept ${outside.layer}:${outside.channel} is of a layer that is not among those chosen; add it to the layers.`,
  );
}

interface RankingJob extends Pick<RankedDataset, 'read' | 'ranking' | 'composite'> {
  readonly request: ReferenceRequest;
  readonly asked: readonly Concept[];
}

function rankConcepts(catalog: Catalog, { read, ranking, composite, request, asked }: RankingJob): RankedDataset {
  const isInverted = createInversionTest({ read, ranking, composite });
  const classOf: StatisticsRequest['classOf'] = ({ target, label }) =>
    target === undefined ? label : (read.labels[target] ?? label);
  const limit = request.top ?? TOP_CONCEPTS;
  const concepts = read.layers.flatMap((layer) => {
    const walk = { layer, ranking, isInverted, classOf, scope: read.scope };
    const own = asked.flatMap((concept) => (concept.layer === layer.name ? [concept.channel] : []));
    const channels = asked.length > 0 ? [...new Set(own)] : listTopChannels(catalog, walk, limit);
    if (channels.length === 0) return [];
    return collectStatistics(catalog, walk, channels).map((statistics) => ({ layer, statistics }));
  });
  return { read, ranking, composite, isInverted, concepts, ...countPictures(catalog, read) };
}

function countPictures(
  catalog: Catalog,
  { layers: [layer], scope }: ReadDataset,
): Pick<RankedDataset, 'pictures' | 'negativeLogits'> {
  let [pictures, negativeLogits] = [0, 0];
  if (layer) {
    catalog.concepts.walk({ layer: layer.id, scope, channel: 0 }, ({ logit = 0 }) => {
      pictures++;
      negativeLogits += Number(logit < 0);
    });
  }
  return { pictures, negativeLogits };
}

/** A negative logit turns relevance's sign unless the last layer shares it in proportion to that same logit (Epsilon). */
function createInversionTest({
  read,
  ranking,
  composite,
}: Pick<RankedDataset, 'read' | 'ranking' | 'composite'>): RankedDataset['isInverted'] {
  if (ranking.by === 'activation') return () => false;
  const meaning = signMeaning(read.network, composite);
  return (logit) => logit !== undefined && senseRelevance({ meaning, initialRelevance: 'logit', logit }).turned;
}
