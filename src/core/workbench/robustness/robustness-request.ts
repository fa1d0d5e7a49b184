import type { FigureThemeName } from '#core/figures/index.ts';
import type { ShownPart } from '#core/imaging/index.ts';
import type { ProviderChoice } from '#shared/providers.ts';

export interface RobustnessRequest {
  /** Files; or else a dataset of the catalog. */
  readonly pictures?: readonly string[] | undefined;
  readonly dataset?: string | undefined;
  readonly split?: string | undefined;
  /** Pictures of the dataset that are tested, evenly over its classes; all when not given. */
  readonly limit?: number | undefined;
  readonly modelPaths: readonly string[];
  /** One by name, `all`, or a JSON file; EpsilonPlusFlat when not given. */
  readonly composite?: string | undefined;
  /** `predicted` (default: of the unchanged picture, and kept), `label` for the dataset's own answer, a label, or an index. */
  readonly target?: string | undefined;
  /** As `parseVariants` reads them; twelve when not given. */
  readonly variants?: readonly string[] | undefined;
  /** What chance is drawn from; 1 when not given. */
  readonly seed?: number | undefined;
  /** Maps are means over the picture moved by one pixel, each moved back: four passes for one, against the checker pattern. */
  readonly averageShifts?: boolean | undefined;
  readonly provider?: ProviderChoice | undefined;
  /** Variants computed together; 4 when not given. */
  readonly batchSize?: number | undefined;
  /** Pictures of which figures and arrays are saved; all that were given as files, else the first three. */
  readonly figures?: number | undefined;
  readonly shown?: ShownPart | undefined;
  readonly keepNames?: boolean | undefined;
  readonly theme?: FigureThemeName | undefined;
  readonly outputFolder: string;
}
