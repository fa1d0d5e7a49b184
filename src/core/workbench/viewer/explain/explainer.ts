import type { Attribution, Model, Prediction, ReadonlyCatalog, Sample } from '#core/catalog/index.ts';
import type { Answer, PictureAndModel, Question } from '#shared/contract/explain.ts';
import type { PredictionView } from '#shared/contract/samples.ts';
import { LightboxError } from '#shared/errors.ts';
import { describeAttribution, describePrediction } from '../sample-view.ts';
import { explainSample, predictSample } from './compute-sample.ts';
import type { ComputingPlace } from './computing-place.ts';
import { findAttribution, findByName, findPrediction, type Wanted } from './find-attribution.ts';

type Signal = AbortSignal | undefined;

/** Answers from the catalog where it can, and else computes, keeps and answers. */
export interface Explainer {
  /**
   * Throws `model/not-found`, `picture/...`, `target/unknown`, `engine/...`, `catalog/...`, and `job/cancelled` for a question nobody
   * waited for when its turn came.
   */
  attribution(question: Question, signal: Signal): Promise<Answer>;
  /** Throws as `attribution`. */
  prediction(request: PictureAndModel, signal: Signal): Promise<PredictionView>;
}

export function createExplainer(place: ComputingPlace): Explainer {
  return new QueuedExplainer(place);
}

export interface Subject {
  readonly sample: Sample;
  readonly model: Model;
}

class QueuedExplainer implements Explainer {
  readonly #place: ComputingPlace;

  constructor(place: ComputingPlace) {
    this.#place = place;
  }

  async attribution(question: Question, signal: Signal): Promise<Answer> {
    const catalog = this.#place.read();
    const subject = findSubject(catalog, question);
    const { composite, target, initial = 'one' } = question;
    const file = await this.#place.files.get(subject.model).catch((cause: unknown) => {
      const known = findKnown(catalog, { ...question, ...subject }, (wanted) => findByName(catalog, wanted, composite));
      if (known) return known;
      throw cause;
    });
    if ('attribution' in file) return file;
    const settings = { file: file.file, composite: file.composite(composite) };
    const look = (): Answer | undefined =>
      findKnown(catalog, { ...question, ...subject }, (wanted) => findAttribution(catalog, wanted, settings));
    const known = look();
    if (known) return known;
    return this.#place.compute({ ...subject, file, signal, purpose: { composite } }, async (computing) => {
      const since = look();
      if (since) return since;
      const explained = await explainSample(computing, { composite, target, initial });
      const answer = findKnown(catalog, { ...question, ...subject, target: explained }, (wanted) =>
        findAttribution(catalog, wanted, settings),
      );
      return { ...(answer ?? vanished(subject)), wasKnown: false };
    });
  }

  async prediction(request: PictureAndModel, signal: Signal): Promise<PredictionView> {
    const catalog = this.#place.read();
    const { sample, model } = findSubject(catalog, request);
    const look = (): Prediction | undefined => findPrediction(catalog, model, sample.id);
    const known = look();
    if (known) return describePrediction(known);
    const file = await this.#place.files.get(model);
    return this.#place.compute({ sample, model, file, signal, purpose: {} }, async (computing) => {
      if (!look()) await predictSample(computing);
      return describePrediction(look() ?? vanished({ sample, model }));
    });
  }
}

/** Throws `sample/unknown`, `model/not-found`. */
export function findSubject(catalog: ReadonlyCatalog, { sample, model }: PictureAndModel): Subject {
  return { sample: catalog.samples.get(sample), model: catalog.models.get(model) };
}

function findKnown(
  catalog: ReadonlyCatalog,
  { sample, model, target, initial = 'one' }: Subject & Pick<Question, 'target' | 'initial'>,
  find: (wanted: Wanted) => Attribution | undefined,
): Answer | undefined {
  return catalog.snapshot(() => {
    const prediction = findPrediction(catalog, model, sample.id);
    const index = target === 'predicted' ? prediction?.predicted : target;
    const attribution = index === undefined ? undefined : find({ sample: sample.id, model, target: index, initial });
    if (!attribution) return undefined;
    const predictions = prediction ? [prediction] : [];
    return {
      attribution: describeAttribution(catalog, attribution, { sample, predictions }),
      ...(prediction && { prediction: describePrediction(prediction) }),
      wasKnown: true,
    };
  });
}

function vanished({ sample }: Subject): never {
  const sentence = `"${sample.path}" was taken out of the catalog while it was computed; look at the list again.`;
  throw new LightboxError('sample/unknown', sentence);
}
