import { memo, useState, type JSX, type MouseEvent } from 'react';
import { dataAddress } from '#shared/contract/contract.ts';
import type { ListedSample } from '#shared/contract/samples.ts';
import { words } from '../ui/words.ts';
import { CellHeatmap } from './cell-heatmap.tsx';

export interface CellChoice {
  readonly place: number;
  readonly id: number | undefined;
  /** `open` reads it; the others select it, or all from the last one selected. */
  readonly how: 'open' | 'toggle' | 'range';
}

interface GalleryCellProps {
  readonly place: number;
  /** Undefined until it is here. */
  readonly sample: ListedSample | undefined;
  readonly labels: readonly string[];
  readonly captions: boolean;
  readonly maps: boolean;
  readonly isSelected: boolean;
  /** Where the Tab key gets into the grid. */
  readonly isStop: boolean;
  readonly onChoose: (choice: CellChoice) => void;
}

function Cell({ place, sample, labels, isSelected, isStop, onChoose, ...look }: GalleryCellProps): JSX.Element {
  const choose = (how: CellChoice['how']): void => {
    onChoose({ place, id: sample?.id, how });
  };
  const onClick = (event: MouseEvent): void => {
    if (event.shiftKey) choose('range');
    else choose(event.ctrlKey || event.metaKey ? 'toggle' : 'open');
  };
  return (
    <div
      role="gridcell"
      className="cell"
      tabIndex={isStop ? 0 : -1}
      data-place={place}
      aria-selected={isSelected}
      aria-label={describeCell(sample, labels)}
      onClick={onClick}
      onDoubleClick={() => {
        choose('open');
      }}
    >
      <span className="frame">
        <Thumbnail sample={sample} />
        {look.maps && sample?.attribution && <CellHeatmap sample={sample} attribution={sample.attribution} />}
        <span
          className="tick"
          aria-hidden
          title={words.selection.select}
          onClick={(event) => {
            event.stopPropagation();
            choose(event.shiftKey ? 'range' : 'toggle');
          }}
        >
          ✓
        </span>
      </span>
      {look.captions && (
        <span className="caption">
          <span>{sample?.label ?? ' '}</span> <Verdict sample={sample} labels={labels} />
        </span>
      )}
    </div>
  );
}

export const GalleryCell = memo(Cell);

function Thumbnail({ sample }: Pick<GalleryCellProps, 'sample'>): JSX.Element | null {
  const [failed, setFailed] = useState<string>();
  const hash = sample?.contentSha256;
  if (sample?.unreadable !== undefined) return <span className="fault">{words.cell.unreadable}</span>;
  if (hash === undefined) return null;
  if (failed === hash) return <span className="quiet">{words.cell.gone}</span>;
  return (
    <img
      src={dataAddress.thumbnail(hash)}
      alt=""
      decoding="async"
      draggable={false}
      onError={() => {
        setFailed(hash);
      }}
    />
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
  if (!sample) return words.cell.loading;
  const { label = words.cell.noLabel, prediction } = sample;
  if (!prediction) return label;
  const name = labels[prediction.predicted] ?? `class ${prediction.predicted}`;
  // In the words that are seen, so that it can be called by them.
  return `${label} ${name} ${(100 * prediction.confidence).toFixed(0)}%`;
}
