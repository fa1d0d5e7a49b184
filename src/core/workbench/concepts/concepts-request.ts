import type { Concept } from '../concept-layers.ts';
import type { ShownPart } from '#core/imaging/index.ts';
import type { ProviderChoice } from '#shared/providers.ts';

/**
 * How a concept's heatmap is made. `through`: exactly what passes the concept. `masked`: what goes round its layer is kept.
 * `difference`: two passes, with the concept and with none, subtracted; the check of `through`.
 */
export const conditionModes = ['through', 'masked', 'difference'] as const;
export type ConditionMode = (typeof conditionModes)[number];

/** A part of the picture in its own pixels: a rectangle, or a picture that is white inside. */
export type RegionChoice =
  | { readonly left: number; readonly top: number; readonly width: number; readonly height: number }
  | { readonly maskPath: string };

export interface ConceptsRequest {
  readonly pictures: readonly string[];
  readonly modelPath: string;
  /** Results are saved here; the folder is made if needed. */
  readonly outputFolder: string;
  /** A composite's name or a JSON file; EpsilonPlusFlat when not given. */
  readonly composite?: string | undefined;
  /** `predicted` (default), a label, or an index. */
  readonly target?: string | undefined;
  /** Names, `all` convolutions, linear layers and sums of branches, or at most 19 of them spread over the depth (default). */
  readonly layers?: readonly string[] | 'all' | undefined;
  /** Concepts shown of each layer; 1 by default. */
  readonly top?: number | undefined;
  /** These instead of the top ones. */
  readonly concepts?: readonly Concept[] | undefined;
  readonly mode?: ConditionMode | undefined;
  /** Ranks concepts by their relevance inside it. */
  readonly region?: RegionChoice | undefined;
  readonly provider?: ProviderChoice | undefined;
  /** What the walk back starts with: the target's logit (default) or 1. */
  readonly initial?: 'one' | 'logit' | undefined;
  /** Conditions computed together; 8 by default. */
  readonly batchSize?: number | undefined;
  /** Frame and window of DICOM pictures. */
  readonly shown?: ShownPart | undefined;
  /** Name the files after the pictures; without it names carry no more than a number and part of a hash. */
  readonly keepNames?: boolean | undefined;
}
