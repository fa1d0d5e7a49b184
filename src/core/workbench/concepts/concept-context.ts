import type { Attribution, ConceptReading, Engine, OpenedModel } from '#core/engine/index.ts';
import type { Composite, SignMeaning } from '#core/relevance/index.ts';
import type { JobControl } from '../job.ts';
import type { ModelFile, ModelRecord } from '../model-file.ts';
import type { PreparedPicture } from '../prepare-picture.ts';
import type { InsideRegion } from './concepts-record.ts';
import type { ConceptsRequest } from './concepts-request.ts';
import type { LocatedRegion } from './locate-region.ts';

/** What all pictures of a request have in common. */
export interface ConceptContext {
  readonly engine: Engine;
  readonly request: ConceptsRequest;
  readonly control: JobControl;
  readonly file: ModelFile;
  readonly model: ModelRecord;
  readonly composite: Composite;
  readonly rules: Readonly<Record<string, string>>;
  readonly meaning: SignMeaning;
  readonly opened: OpenedModel;
  /** Layers shown, in the network's order. */
  readonly layers: readonly string[];
  readonly target: number;
  readonly step: (label: string) => void;
}

/** What was computed of one picture. */
export interface ComputedConcepts {
  readonly prepared: PreparedPicture;
  readonly region: LocatedRegion | undefined;
  /** Under no condition. */
  readonly whole: Attribution;
  /** Whether relevance below zero speaks for the target. */
  readonly turned: boolean;
  readonly picks: readonly LayerPick[];
  /** For each layer a map for each of its picks, [channels, height, width]. */
  readonly maps: readonly (readonly Float32Array[])[];
  readonly milliseconds: number;
}

/** The concepts of a layer that are shown, and how all of them rank. */
export interface LayerPick {
  readonly layer: string;
  readonly reading: ConceptReading;
  /** All channels, from the one that speaks most for the target to the one that speaks most against it. */
  readonly ranking: readonly number[];
  readonly channels: readonly number[];
  /** By shown channel; undefined where no region was given. */
  readonly inside: readonly (InsideRegion | undefined)[];
}
