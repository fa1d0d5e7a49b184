import type { Engine, OpenedModel } from '#core/engine/index.ts';
import { defaultComposite, signMeaning, type Composite, type Network } from '#core/relevance/index.ts';
import { LightboxError } from '#shared/errors.ts';
import { chooseComposites } from '../choose-composites.ts';
import { listConceptLayers } from '../concept-layers.ts';
import type { JobControl } from '../job.ts';
import { checkManifest, countClasses, loadModelFile, recordModel, type ModelFile } from '../model-file.ts';
import { nameRules, readModelNetwork } from '../name-rules.ts';
import type { PreparedPicture } from '../prepare-picture.ts';
import { resolveTarget } from '../resolve-target.ts';
import { senseRelevance } from '../relevance-sense.ts';
import { zBoxBounds } from '../zbox-bounds.ts';
import { checkChannels, chooseLayers } from './choose-layers.ts';
import type { ComputedConcepts, ConceptContext } from './concept-context.ts';
import { checkMode, mapMaking, type MapRun } from './concept-maps.ts';
import type { ConceptsRequest } from './concepts-request.ts';
import { locateRegion } from './locate-region.ts';
import { pickConcepts } from './pick-concepts.ts';

interface Progress {
  readonly control: JobControl;
  readonly step: (label: string) => void;
}

/** The model opened so that all its layers tell what their concepts carry. The caller releases it. Throws the errors of opening a model. */
export async function openConceptContext(
  engine: Engine,
  request: ConceptsRequest,
  progress: Progress,
): Promise<ConceptContext> {
  const file = await loadModelFile(request.modelPath);
  const composite = await chooseComposite(request, file);
  const network = readModelNetwork(file);
  checkMode(request.mode ?? 'through', network, composite);
  checkChannels(network.layers, request.concepts ?? []);
  const layers = chooseLayers(network.layers, request);
  const opened = await openModel(engine, request, { file, composite, network, layers, control: progress.control });
  checkManifest(file, opened.network);
  const { labels } = file.manifest.manifest;
  const classCount = countClasses(opened.network);
  return {
    ...{ engine, request, file, composite, opened, layers, ...progress },
    model: await recordModel(file),
    ...{ rules: nameRules(network, composite), meaning: signMeaning(network, composite) },
    target: resolveTarget(request.target ?? 'predicted', { labels, classCount }),
  };
}

async function chooseComposite(request: ConceptsRequest, file: ModelFile): Promise<Composite> {
  const [composite, ...more] = await chooseComposites(request.composite ?? defaultComposite, zBoxBounds(file));
  if (composite && more.length === 0) return composite;
  throw new LightboxError('composite/invalid', 'Concepts are shown under one composite at a time; name one.');
}

interface Opening {
  readonly file: ModelFile;
  readonly composite: Composite;
  readonly network: Network;
  readonly layers: readonly string[];
  readonly control: JobControl;
}

function openModel(engine: Engine, request: ConceptsRequest, opening: Opening): Promise<OpenedModel> {
  const { file, composite, network, layers } = opening;
  const { height, width } = file.manifest.manifest.input;
  const wanted = new Set([...listConceptLayers(network.layers).map(({ name }) => name), ...layers]);
  const measured = network.layers.flatMap(({ name }) => (wanted.delete(name) ? [name] : []));
  const regions = request.region !== undefined;
  // Names the network does not have are left; the engine refuses them.
  const concepts = [...measured, ...wanted].map(
    (layer) => ({ layer, kind: 'relevance', round: true, regions }) as const,
  );
  return engine.open(
    {
      ...{ modelPath: request.modelPath, composite, inputSize: { height, width }, batch: 'shared', concepts },
      ...mapMaking[request.mode ?? 'through'].open(layers),
      ...(request.provider && { provider: request.provider }),
    },
    opening.control,
  );
}

/** Relevance of a picture's layers, and the heatmaps of the concepts that are shown. */
export async function computeConcepts(context: ConceptContext, prepared: PreparedPicture): Promise<ComputedConcepts> {
  const { engine, request, opened, target, control, step } = context;
  const { initial = 'logit', mode = 'through', batchSize = 8 } = request;
  const { height, width } = opened.network.input;
  const seen = { picture: prepared.picture, view: prepared.view, size: { height, width } };
  const region = request.region && (await locateRegion(request.region, seen));
  step('relevance of all layers');
  const image = prepared.input.tensor;
  const whole = await engine.attribute({
    ...{ handle: opened.handle, images: image, targets: [target], initial },
    ...(region && { regions: region.inside }),
  });
  const logit = whole.logits[whole.targets[0] ?? 0] ?? NaN;
  const { turned } = senseRelevance({ meaning: context.meaning, initialRelevance: initial, logit });
  const run: MapRun = {
    ...{ engine, opened, image, initial, batchSize, signal: control.signal },
    target: whole.targets[0] ?? target,
  };
  step('heatmaps of concepts');
  const started = performance.now();
  const { picks, maps } = await pickConcepts({ context, whole, turned, region }, (concepts) =>
    mapMaking[mode].compute(run, concepts),
  );
  return {
    ...{ prepared, region, whole, turned, picks, maps },
    milliseconds: whole.milliseconds + performance.now() - started,
  };
}
