/** What is said of a region: share of relevance against removal effect. */
export const regionVerdicts = [
  'shortcut used',
  'redundant or unfaithful map',
  'map misses it',
  'not used',
  'inconclusive',
] as const;
export type RegionVerdict = (typeof regionVerdicts)[number];

/** In place of a region of a dataset: nothing but marks of nothing, for the false-alarm rate. */
export const marksOfNothing = 'marks of nothing';
