import type { RegionMask } from '#core/audit/index.ts';
import type { Mark, ReadonlyCatalog, Sample } from '#core/catalog/index.ts';
import { markShapeSchema } from '#shared/marks/mark-shape.ts';
import { coverMark } from '#shared/marks/rasterize-mark.ts';
import { isArtefact, loadPictureRegions, modelGrid, type PictureRegion, type RegionPlace } from './picture-regions.ts';

/** What is taken out of a picture. */
export interface TestedRegion {
  /** As the ledger names it, or `mark 12` for a single mark by its number. */
  readonly subject: string;
  readonly region: RegionMask;
  readonly isFrame: boolean;
  /** Other artefacts: no control lies on them. */
  readonly others: readonly RegionMask[];
  /** What it consists of in the catalog: another one where a mark was moved or a mask replaced. */
  readonly basis: unknown;
}

type RegionSample = Pick<Sample, 'id' | 'width' | 'height'>;

/** Every region of a picture that can be taken out, single marks too; what is empty or lies outside of the model's view is left out. */
export async function listTestedRegions(place: RegionPlace, sample: RegionSample): Promise<readonly TestedRegion[]> {
  const { regions } = await loadPictureRegions(place, sample);
  const known = regions.map(({ name, mask }): TestedRegion => {
    const others = regions.filter((one) => isArtefact(one.name) && one.mask !== mask).map((one) => one.mask);
    return {
      subject: name,
      region: mask,
      isFrame: name === 'border',
      others,
      basis: findBasis(place.catalog, sample.id, name),
    };
  });
  const marks = place.catalog.marks.list(sample.id).flatMap((mark) => coverSingle({ place, sample, regions }, mark));
  return [...known, ...marks].filter(({ region }) => region.coverage.some((share) => share > 0));
}

export const markSubject = (id: number): string => `mark ${id}`;

interface MarkedPlace {
  readonly place: RegionPlace;
  readonly sample: RegionSample;
  readonly regions: readonly PictureRegion[];
}

/** A mark whose shape this version cannot draw covers nothing. */
function coverSingle({ place, sample, regions }: MarkedPlace, mark: Mark): readonly TestedRegion[] {
  const { recipe, catalog } = place;
  const { width = recipe.width, height = recipe.height } = sample;
  const grid = modelGrid({ width, height }, recipe);
  const cover = ({ shape }: Pick<Mark, 'shape'>): readonly RegionMask[] => {
    const known = markShapeSchema.safeParse(shape).data;
    return known ? [{ width: grid.width, height: grid.height, coverage: coverMark(known, grid) }] : [];
  };
  const kind = `mark: ${mark.kind}`;
  const alike = catalog.marks.list(sample.id).filter((other) => other.kind === mark.kind && other.id !== mark.id);
  const others = regions.filter(({ name }) => isArtefact(name) && name !== kind).map((one) => one.mask);
  return cover(mark).map((region) => ({
    ...{ subject: markSubject(mark.id), region, isFrame: false, basis: [mark.shape] },
    others: [...others, ...alike.flatMap(cover)],
  }));
}

/** What a region consists of: shapes of marks, or the hash of a mask's file. */
export function findBasis(catalog: ReadonlyCatalog, sample: number, subject: string): unknown {
  if (subject === 'border') return 'border';
  const [, id] = /^mark (\d+)$/.exec(subject) ?? [];
  const [, kind] = /^mark: (.*)$/.exec(subject) ?? [];
  if (id !== undefined || kind !== undefined) {
    const marks = catalog.marks.list(sample);
    return marks
      .filter((mark) => (id === undefined ? mark.kind === kind : mark.id === Number(id)))
      .map(({ shape }) => shape);
  }
  const mask = catalog.masks.list(sample).find((one) => one.kind === subject.replace(/^outside /, ''));
  return mask ? (mask.sha256 ?? mask.path) : 'gone';
}
