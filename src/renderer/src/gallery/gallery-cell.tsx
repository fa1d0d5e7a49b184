import type { JSX } from 'react';
import { dataAddress } from '#shared/contract/contract.ts';
import type { ListedSample } from '#shared/contract/samples.ts';

interface GalleryCellProps {
  readonly place: number;
  /** Undefined until it is here. */
  readonly sample: ListedSample | undefined;
  readonly labels: readonly string[];
  readonly onOpen: (place: number) => void;
}

export function GalleryCell({ place, sample, labels, onOpen }: GalleryCellProps): JSX.Element {
  const hash = sample?.contentSha256;
  return (
    <button
      type="button"
      role="gridcell"
      className="cell"
      data-place={place}
      aria-label={describeCell(sample, labels)}
      onClick={() => {
        onOpen(place);
      }}
    >
      <span className="frame">
        {hash !== undefined && <img src={dataAddress.thumbnail(hash)} alt="" loading="lazy" decoding="async" />}
        {sample?.unreadable !== undefined && <span className="fault">cannot be read</span>}
      </span>
      <span className="caption">
        <span>{sample?.label ?? ' '}</span>
        <Verdict sample={sample} labels={labels} />
      </span>
    </button>
  );
}

function Verdict({ sample, labels }: Pick<GalleryCellProps, 'sample' | 'labels'>): JSX.Element | null {
  const prediction = sample?.prediction;
  if (!prediction) return null;
  const { predicted, confidence, correct } = prediction;
  const name = labels[predicted] ?? `class ${predicted}`;
  const verdict = correct === undefined ? 'unjudged' : correct ? 'right' : 'wrong';
  return (
    <span className={verdict}>
      {verdict === 'wrong' ? '✕ ' : verdict === 'right' ? '✓ ' : ''}
      {name} {(100 * confidence).toFixed(0)}%
    </span>
  );
}

function describeCell(sample: ListedSample | undefined, labels: readonly string[]): string {
  if (!sample) return 'loading';
  const { label = 'no label', prediction } = sample;
  if (!prediction) return label;
  const name = labels[prediction.predicted] ?? `class ${prediction.predicted}`;
  return `${label}, predicted ${name} with ${(100 * prediction.confidence).toFixed(0)} percent`;
}
