import type { JSX } from 'react';
import { GalleryCell, type CellChoice } from './gallery-cell.tsx';
import { useGalleryLook } from './gallery-look.ts';
import { useSelection } from './selection.ts';
import type { useSamples } from './use-samples.ts';

interface GalleryRowProps {
  readonly index: number;
  /** In pixels from the top. */
  readonly start: number;
  readonly places: readonly number[];
  /** Places on the screen. */
  readonly range: readonly [from: number, to: number];
  readonly samples: ReturnType<typeof useSamples>;
  readonly labels: readonly string[];
  readonly onChoose: (choice: CellChoice) => void;
}

export function GalleryRow({ index, start, places, range, samples, labels, onChoose }: GalleryRowProps): JSX.Element {
  const { size, captions, maps } = useGalleryLook();
  const { ids, primary } = useSelection();
  const stop = primary >= range[0] && primary < range[1] ? primary : range[0];
  return (
    <div
      className="row"
      role="row"
      aria-rowindex={index + 1}
      style={{ transform: `translateY(${start}px)`, '--cell': `${size - gap}px` } as React.CSSProperties}
    >
      {places.map((place) => {
        const sample = samples.get(place);
        const isSelected = sample !== undefined && ids.has(sample.id);
        return (
          <GalleryCell
            key={place}
            {...{ place, sample, labels, captions, maps, isSelected, isStop: place === stop, onChoose }}
          />
        );
      })}
    </div>
  );
}

/** Between two cells, in pixels. */
const gap = 8;
