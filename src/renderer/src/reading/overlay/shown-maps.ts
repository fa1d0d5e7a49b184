import { useEffect, useId } from 'react';
import { create } from 'zustand';

interface ShownMap {
  readonly sample: number;
  readonly magnitude: number;
  readonly hasSign: boolean;
}

interface ShownMaps {
  readonly maps: Readonly<Record<string, ShownMap>>;
  readonly show: (id: string, map: ShownMap | undefined) => void;
}

/** The heatmaps that are on the screen, so that several of one picture can share a scale. */
const useShownMaps = create<ShownMaps>((set) => ({
  maps: {},
  show: (id, map) => {
    set(({ maps }) => {
      const others = Object.entries(maps).filter(([other]) => other !== id);
      return { maps: Object.fromEntries(map ? [...others, [id, map] as const] : others) };
    });
  },
}));

/** Counts a map as shown as long as the component is there. */
export function useShownMap(map: ShownMap | undefined): void {
  const id = useId();
  const show = useShownMaps((maps) => maps.show);
  const [sample, magnitude, hasSign] = [map?.sample, map?.magnitude ?? 0, map?.hasSign ?? false];
  useEffect(() => {
    show(id, sample === undefined ? undefined : { sample, magnitude, hasSign });
    return () => {
      show(id, undefined);
    };
  }, [id, show, sample, magnitude, hasSign]);
}

/** The strongest value of all maps shown of a sample, and whether any has values below zero. */
export function useCaseReach(sample: number): Pick<ShownMap, 'magnitude' | 'hasSign'> {
  const magnitude = useShownMaps(({ maps }) => Math.max(0, ...ofSample(maps, sample).map((map) => map.magnitude)));
  const hasSign = useShownMaps(({ maps }) => ofSample(maps, sample).some((map) => map.hasSign));
  return { magnitude, hasSign };
}

const ofSample = (maps: ShownMaps['maps'], sample: number): readonly ShownMap[] =>
  Object.values(maps).filter((map) => map.sample === sample);
