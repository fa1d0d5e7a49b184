import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { JSX } from 'react';
import type { CardNumberView, QualityCardView } from '#shared/contract/robustness.ts';
import { defineInWords, metrics, qualityMetrics, qualityOrder, type Metric } from '#shared/metrics/index.ts';
import { api } from '../api/client.ts';
import type { Explaining } from '../explain/use-explaining.ts';
import { changeJob, isActive, startJob, useJobs } from '../jobs/use-jobs.ts';
import './quality-card.css';
import { useStress } from './stress-state.ts';

interface QualitySectionProps {
  readonly explaining: Explaining;
  /** On which pictures it is measured. */
  readonly dataset: number;
}

/** What is known of maps like the one shown: measured once per model and composite, in the background, and kept. */
export function QualitySection({ explaining, dataset }: QualitySectionProps): JSX.Element {
  const { composite, subject } = explaining;
  const averageShifts = useStress((state) => state.averageShifts);
  const { data: cards } = useQuery(api.robustness.cards.queryOptions({ input: { model: subject.model.id } }));
  const card = cards?.find((one) => one.composite === composite && one.averageShifts === averageShifts);
  const plain = card ?? cards?.find((one) => one.composite === composite);
  return (
    <details className="quality-card" data-testid="quality-card">
      <summary>{plain ? summarize(plain) : 'Map quality: not measured'}</summary>
      {plain && <CardTable card={plain} />}
      {plain && averageShifts && !card && (
        <p className="variant-reason">Measured on maps that are not averaged over shifts.</p>
      )}
      <MeasureButton {...{ explaining, dataset }} isKnown={plain !== undefined} />
    </details>
  );
}

/** In a few words what a reader should know before believing a map. */
function summarize({ passesRandomization, means }: QualityCardView): string {
  const cosine = means.classCosine.mean;
  const faults = [
    ...(passesRandomization === false ? ['hardly depends on the weights'] : []),
    ...(cosine !== undefined && cosine > 0.95 ? ['one map for all classes'] : []),
  ];
  return `Map quality: ${faults.length > 0 ? faults.join(', ') : 'measured'}`;
}

function CardTable({ card }: { readonly card: QualityCardView }): JSX.Element {
  const { means, randomization, pairSsim, sentences, dataset, pictures } = card;
  return (
    <>
      <table>
        <caption>
          {pictures} pictures of {dataset}, 95% interval
        </caption>
        <tbody>
          {qualityOrder.map((name) => (
            <CardRow key={name} title={qualityMetrics[name].name} metric={qualityMetrics[name]} number={means[name]} />
          ))}
          {randomization.map(({ shuffled, layers, ssim }) => (
            <CardRow
              key={shuffled}
              title={`SSIM, ${shuffled} of ${layers} layers shuffled`}
              metric={metrics.weightsShuffled}
              number={ssim}
            />
          ))}
          <tr title={pairSsim.reason ?? defineInWords(metrics.weightsShuffled)}>
            <th scope="row">SSIM of different pictures</th>
            <td>{pairSsim.value?.toFixed(2) ?? '–'}</td>
            <td />
          </tr>
        </tbody>
      </table>
      <ul>
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </>
  );
}

interface CardRowProps {
  readonly title: string;
  readonly metric: Metric;
  readonly number: CardNumberView;
}

function CardRow({ title, metric, number: { mean, low, high } }: CardRowProps): JSX.Element {
  return (
    <tr title={defineInWords(metric)}>
      <th scope="row">{title}</th>
      <td>{mean === undefined ? '–' : show(mean)}</td>
      <td>{low === undefined || high === undefined ? '' : `${show(low)}–${show(high)}`}</td>
    </tr>
  );
}

const show = (value: number): string =>
  (Math.abs(value) < 100 ? value.toFixed(2) : value.toPrecision(3)).replace('-', '−');

interface MeasureButtonProps extends QualitySectionProps {
  readonly isKnown: boolean;
}

/** Begins the job, and while it runs says how far it is and stops it. */
function MeasureButton({ explaining, dataset, isKnown }: MeasureButtonProps): JSX.Element | null {
  const { composite, subject } = explaining;
  const queries = useQueryClient();
  const job = useJobs().jobs.find((one) => one.kind === 'quality' && isActive(one));
  if (job)
    return (
      <p className="quality-job">
        <span className="result-badge" role="status">
          {job.label === '' ? job.title : job.label}, {job.done} of {job.total}
        </span>
        <button type="button" className="quiet-button" onClick={() => void changeJob(queries, 'cancel', job.id)}>
          Cancel
        </button>
      </p>
    );
  const measure = (which: string) => (): void => {
    void startJob(queries, { kind: 'quality', dataset, model: subject.model.id, composite: which });
  };
  if (subject.model.fault !== undefined) return null;
  return (
    <p className="quality-job">
      <button type="button" className="quiet-button" onClick={measure(composite)}>
        {isKnown ? 'Measure again where pictures changed' : `Measure ${composite}`}
      </button>
      <button type="button" className="quiet-button" onClick={measure('all')}>
        All seven composites
      </button>
    </p>
  );
}
