import { useEffect } from 'react';
import type { SampleView } from '#shared/contract/samples.ts';
import type { ValueRange } from '#shared/render-heatmap.ts';
import type { RelevanceMap } from '../load-map.ts';
import type { Region } from '../strongest-region.ts';
import { useView } from '../view-state.ts';
import type { Coloring } from './color-overlay.ts';
import { useOverlayLooks } from './overlay-look.ts';
import { useColoring, useOverlay, type Overlay } from './use-coloring.ts';

type Attribution = SampleView['attributions'][number];

/** The heatmap of a stage, and how it is drawn. */
export interface StageOverlay {
  readonly attribution: Attribution | undefined;
  readonly overlay: Overlay | undefined;
  readonly coloring: Coloring;
  readonly region: Region | undefined;
  readonly isShown: boolean;
  /** Makes it the heatmap whose look keys change. */
  readonly activate: () => void;
}

interface StageMap {
  readonly sample: Pick<SampleView, 'id'>;
  readonly attribution: Attribution | undefined;
  readonly map: RelevanceMap | undefined;
  /** The values that colors end at, where several maps share them. */
  readonly range?: ValueRange | undefined;
}

export function useStageOverlay({ sample, attribution, map, range }: StageMap): StageOverlay {
  const isWanted = useView((view) => view.overlay && !view.hidden);
  const key = attribution && String(attribution.setup);
  const overlay = useOverlay(sample.id, map, { key, turned: attribution?.turned ?? false });
  const coloring = useColoring(overlay, range);
  const setActive = useOverlayLooks((looks) => looks.activate);
  const activate = (): void => {
    if (key !== undefined) setActive(key);
  };
  useEffect(() => {
    if (key !== undefined) setActive(key);
  }, [key, setActive]);
  const isShown = isWanted && overlay !== undefined;
  return { attribution, overlay, coloring, region: attribution?.region, isShown, activate };
}
