import { skipToken, useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import { dataAddress } from '#shared/contract/contract.ts';
import type { VariantAnswer } from '#shared/contract/robustness.ts';
import { loadMapAt, type RelevanceMap } from '../reading/load-map.ts';
import { OverlayCanvas } from '../reading/overlay/overlay-canvas.tsx';
import { useColoring, useOverlay } from '../reading/overlay/use-coloring.ts';
import { useView } from '../reading/view-state.ts';
import './variants.css';

interface VariantPictureProps {
  readonly sample: number;
  /** The answer whose picture is shown. */
  readonly picture: VariantAnswer;
  /** The map over it, in the look the reader has chosen for maps. */
  readonly map?: RelevanceMap | undefined;
  readonly turned?: boolean | undefined;
  readonly lookKey: string;
  /** What is seen, for those who do not see it. */
  readonly name: string;
}

/** A picture as the model sees it, with a map over it. */
export function VariantPicture(props: VariantPictureProps): JSX.Element {
  const { sample, picture, map, turned = false, lookKey, name } = props;
  const isShown = useView((view) => view.overlay && !view.hidden);
  const overlay = useOverlay(sample, map, { key: lookKey, turned });
  const coloring = useColoring(overlay);
  return (
    <span className="variant-picture">
      <img src={dataAddress.variant(picture.id)} alt={name} draggable={false} />
      <OverlayCanvas {...{ overlay, coloring, isShown }} region={undefined} />
    </span>
  );
}

/** The map as the model made it, or laid back onto the unchanged picture. */
export function useVariantMap(answer: VariantAnswer | undefined, which: 'own' | 'carried'): RelevanceMap | undefined {
  const { id, result } = answer ?? {};
  const sha256 = result?.arraySha256;
  const address = which === 'own' ? dataAddress.array(sha256 ?? '') : dataAddress.carried(id ?? 0);
  const isKnown = sha256 !== undefined;
  return useQuery({
    queryKey: ['variant map', which, id, sha256],
    queryFn: isKnown ? ({ signal }) => loadMapAt(address, signal) : skipToken,
    staleTime: Infinity,
  }).data;
}
