import type { ShownPart } from '#core/imaging/index.ts';
import type { MarkShape } from '#shared/marks/mark-shape.ts';
import type { ProviderChoice } from '#shared/providers.ts';
import type { FigureLookChoice, mapFigureKinds } from './figure-recipe.ts';

interface SharedRequest {
  /** A .pdf, .png or .svg file. */
  readonly outputFile: string;
  readonly look?: Partial<FigureLookChoice> | undefined;
  readonly seed?: number | undefined;
  readonly provider?: ProviderChoice | undefined;
  /** Frame and window of DICOM pictures. */
  readonly shown?: ShownPart | undefined;
}

/** Pictures: files, or samples of a dataset of the catalog. */
export interface FigurePictures {
  readonly pictures?: readonly string[] | undefined;
  readonly dataset?: string | undefined;
  readonly split?: string | undefined;
  /** Of a dataset; 2 by default, 8 on a sheet of samples. */
  readonly perClass?: number | undefined;
  /** These samples of the catalog, by their ids. */
  readonly samples?: readonly number[] | undefined;
}

export interface MapFigureRequest extends SharedRequest, FigurePictures {
  readonly kind: (typeof mapFigureKinds)[number];
  /** A panel each. */
  readonly modelPaths?: readonly string[] | undefined;
  /** Panels of a model on a dataset of its own, instead of models on the same pictures. */
  readonly panels?: readonly { readonly modelPath: string; readonly dataset: string }[] | undefined;
  /** Names, or `all`; of augmentations and concepts EpsilonPlusFlat when not given, else all. */
  readonly composites?: readonly string[] | undefined;
  /** `predicted`, `label` (default for a dataset), a label, or an index. */
  readonly target?: string | undefined;
  readonly variants?: readonly string[] | undefined;
  readonly layers?: readonly string[] | undefined;
}

export interface SampleFigureRequest extends SharedRequest {
  readonly kind: 'samples';
  readonly dataset: string;
  readonly split?: string | undefined;
  readonly perClass?: number | undefined;
  readonly columns?: number | undefined;
}

export interface AuditFigureRequest extends SharedRequest {
  readonly kind: 'audit';
  readonly picture: string;
  readonly modelPath: string;
  readonly mark?: MarkShape | undefined;
  readonly composite?: string | undefined;
  readonly controls?: number | undefined;
}

export type FigureRequest = MapFigureRequest | SampleFigureRequest | AuditFigureRequest;
