import type { JSX } from 'react';
import type { SampleList } from '#shared/contract/samples.ts';
import { client } from '../api/client.ts';
import { useChoices } from '../choices.ts';
import { tellFault } from '../shell/notices.ts';
import type { CellChoice } from './gallery-cell.tsx';
import { useSelection } from './selection.ts';
import { useGalleryActions, type GridPlace } from './use-gallery-actions.ts';
import type { useSamples } from './use-samples.ts';

interface GalleryKeysProps {
  readonly grid: Pick<GridPlace, 'columns' | 'rows' | 'total' | 'focus'>;
  readonly list: SampleList;
  readonly samples: ReturnType<typeof useSamples>;
  readonly onChoose: (choice: CellChoice) => void;
}

/** The keys of the gallery, as long as no picture is open. */
export function GalleryKeys(props: GalleryKeysProps): JSX.Element | null {
  const open = useChoices((choices) => choices.open);
  return open === undefined ? <ActiveGalleryKeys {...props} /> : null;
}

function ActiveGalleryKeys({ grid, list, samples, onChoose }: GalleryKeysProps): null {
  const choose = (how: CellChoice['how']) => (place: number) => {
    onChoose({ place, id: samples.get(place)?.id, how });
  };
  useGalleryActions({
    ...grid,
    ...{ open: choose('open'), toggle: choose('toggle') },
    reach: (place) => {
      choose('range')(place);
      grid.focus(place);
    },
    selectAll: () => {
      client.samples.ids({ list }).then(useSelection.getState().replace, tellFault);
    },
  });
  return null;
}
