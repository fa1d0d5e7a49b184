/** Which maps are alike: groups of relevance maps by spectral clustering, and a plane to see them in. */
export { groupMaps } from './group-maps.ts';
export type { Grouping, GroupingOptions, NamedVector } from './group-maps.ts';
export { vectorizeMap, type LeftOutReason } from './map-vector.ts';
export type { GroupingStage } from './work-pace.ts';
