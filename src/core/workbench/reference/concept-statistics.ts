import type { ConceptLayer, ConceptScope, ReadonlyCatalog, WalkedConcept } from '#core/catalog/index.ts';
import { PreciseSum } from '#shared/precise-sum.ts';
import { BestSamples, scoreOf, toPick, type ReferencePick } from './best-samples.ts';
import { SAMPLES_KEPT, type Ranking } from './reference-request.ts';

/** How a concept stands over a dataset. */
export interface ConceptStatistics {
  readonly channel: number;
  /** Mean score over all pictures whose ranking is not inverted, whatever order they were imported in. */
  readonly meanScore: number;
  /** The best samples, at most 40. */
  readonly best: readonly ReferencePick[];
  /** By what their best samples score, the highest first. */
  readonly classes: readonly ClassStatistics[];
}

export interface ClassStatistics {
  /** '' for samples without a label. */
  readonly label: string;
  readonly pictures: number;
  /** Mean score of the best 10. */
  readonly meanOfBest: number;
  /** The share of its pictures on which the concept is among the 5 highest of its layer. */
  readonly amongTop: number;
  readonly best: readonly ReferencePick[];
}

export interface StatisticsRequest {
  readonly layer: ConceptLayer;
  readonly scope: ConceptScope;
  readonly ranking: Ranking;
  /** The label of a sample's class: different spellings of one class are one. */
  readonly classOf: (concept: Pick<WalkedConcept, 'target' | 'label'>) => string;
  /** Whether a picture's ranking is inverted, by the logit of its label. */
  readonly isInverted: (logit: number | undefined) => boolean;
}

const BEST_OF_CLASS = 10;
const TOP_OF_PICTURE = 5;

/** The channels of a layer with the highest mean score, over all pictures. */
export function listTopChannels(
  catalog: ReadonlyCatalog,
  { layer, scope, ranking, isInverted }: StatisticsRequest,
  limit: number,
): readonly number[] {
  const totals = new Float64Array(layer.channels);
  catalog.concepts.walk({ layer: layer.id, scope }, (concept) => {
    if (isInverted(concept.logit)) return;
    totals.forEach((total, channel) => (totals[channel] = total + scoreOf(concept, channel, ranking)));
  });
  const channels = Array.from(totals.keys());
  return channels.sort((left, right) => (totals[right] ?? 0) - (totals[left] ?? 0) || left - right).slice(0, limit);
}

/** The statistics of some channels of a layer, in one walk; memory does not grow with the dataset. */
export function collectStatistics(
  catalog: ReadonlyCatalog,
  request: StatisticsRequest,
  channels: readonly number[],
): readonly ConceptStatistics[] {
  const tallies = channels.map((channel) => new ConceptTally(channel, request));
  catalog.concepts.walk({ layer: request.layer.id, scope: request.scope }, (concept) => {
    for (const tally of tallies) tally.add(concept);
  });
  return tallies.map((tally) => tally.finish());
}

interface ClassTally {
  pictures: number;
  top: number;
  readonly best: BestSamples;
}

class ConceptTally {
  readonly #channel: number;
  readonly #request: StatisticsRequest;
  readonly #best = new BestSamples(SAMPLES_KEPT);
  readonly #classes = new Map<string, ClassTally>();
  readonly #total = new PreciseSum();
  #counted = 0;

  constructor(channel: number, request: StatisticsRequest) {
    this.#channel = channel;
    this.#request = request;
  }

  add(concept: WalkedConcept): void {
    const { ranking, classOf, isInverted } = this.#request;
    const score = scoreOf(concept, this.#channel, ranking);
    const tally = this.#tallyOf(classOf(concept));
    tally.pictures++;
    tally.top += Number(isAmongTop(concept, this.#channel, ranking));
    for (const best of [this.#best, tally.best]) {
      if (best.reaches(score)) best.offer(toPick(concept, this.#channel, score));
    }
    if (isInverted(concept.logit)) return;
    this.#total.add(score);
    this.#counted++;
  }

  finish(): ConceptStatistics {
    const classes = Array.from(this.#classes, ([label, { pictures, top, best }]): ClassStatistics => {
      const picks = best.list();
      const counted = picks.slice(0, BEST_OF_CLASS);
      const meanOfBest = counted.reduce((sum, { score }) => sum + score, 0) / counted.length;
      return { label, pictures, meanOfBest, amongTop: top / pictures, best: picks };
    });
    return {
      channel: this.#channel,
      meanScore: this.#counted === 0 ? 0 : this.#total.value / this.#counted,
      best: this.#best.list(),
      classes: classes.sort((a, b) => b.meanOfBest - a.meanOfBest || (a.label < b.label ? -1 : 1)),
    };
  }

  #tallyOf(label: string): ClassTally {
    const known = this.#classes.get(label);
    if (known) return known;
    const tally = { pictures: 0, top: 0, best: new BestSamples(SAMPLES_KEPT) };
    this.#classes.set(label, tally);
    return tally;
  }
}

/** Fewer than so many channels of the layer are higher on the picture. */
function isAmongTop({ sums, peaks }: WalkedConcept, channel: number, { sum }: Ranking): boolean {
  const values = sum === 'sum' ? sums : peaks.values;
  const own = values[channel] ?? NaN;
  let higher = 0;
  for (const value of values) if (value > own && ++higher === TOP_OF_PICTURE) return false;
  return own > 0;
}
