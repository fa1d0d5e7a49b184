import path from 'node:path';
import { createBorderRing, outsideOf, type RegionMask } from '#core/audit/index.ts';
import type { Dataset, Mark, ReadonlyCatalog, Sample } from '#core/catalog/index.ts';
import { readMask } from '#core/datasets/index.ts';
import { computeModelView, type InputRecipe, type Size } from '#core/imaging/index.ts';
import { LightboxError, type ErrorRecord } from '#shared/errors.ts';
import type { MarkGrid } from '#shared/marks/mark-grid.ts';
import { markShapeSchema } from '#shared/marks/mark-shape.ts';
import { coverMask } from '#shared/marks/mask-to-grid.ts';
import { coverMark } from '#shared/marks/rasterize-mark.ts';

/** Kinds of masks that show what a model should look at; all others show what it should not. */
export const anatomyKinds: readonly string[] = ['lung', 'lesion', 'infection'];
/** What encloses the evidence: the ledger books what lies outside of it. */
const enclosing: readonly string[] = ['lung', 'lesion'];

/** A region of one picture, on the pixels of the model's input. */
export interface PictureRegion {
  /** The kind of its mask, `border`, `outside lung`, `mark: ruler`. */
  readonly name: string;
  readonly mask: RegionMask;
}

export interface PictureRegions {
  readonly regions: readonly PictureRegion[];
  /** Masks that could not be read. */
  readonly failures: readonly ErrorRecord[];
}

/** The grid of a model's input over a picture. */
export function modelGrid(picture: Size, recipe: InputRecipe): MarkGrid {
  const { width, height } = recipe;
  return { width, height, region: computeModelView(picture, recipe).region };
}

export interface RegionPlace {
  readonly catalog: ReadonlyCatalog;
  readonly dataset: Dataset;
  readonly recipe: InputRecipe;
}

/** Every region the catalog knows of a picture: its masks by kind, what lies outside the anatomy, the border ring, and marks by kind. */
export async function loadPictureRegions(
  { catalog, dataset, recipe }: RegionPlace,
  sample: Pick<Sample, 'id' | 'width' | 'height'>,
): Promise<PictureRegions> {
  const { width = recipe.width, height = recipe.height } = sample;
  const picture = { width, height };
  const grid = modelGrid(picture, recipe);
  const failures: ErrorRecord[] = [];
  const masks: PictureRegion[] = [];
  for (const { kind, path: file } of catalog.masks.list(sample.id)) {
    try {
      const coverage = coverMask(await readMask(path.join(dataset.folder, file)), grid, picture);
      masks.push({ name: kind, mask: { width: grid.width, height: grid.height, coverage } });
    } catch (cause) {
      failures.push(LightboxError.from(cause).toRecord());
    }
  }
  const outside = masks.flatMap(({ name, mask }) =>
    enclosing.includes(name) ? [{ name: `outside ${name}`, mask: outsideOf(mask) }] : [],
  );
  const border = { name: 'border', mask: createBorderRing(grid.width, grid.height) };
  return { regions: [...masks, ...outside, border, ...coverMarks(catalog.marks.list(sample.id), grid)], failures };
}

/** Marks of one kind together: where they overlap they count once. */
function coverMarks(marks: readonly Mark[], grid: MarkGrid): readonly PictureRegion[] {
  const kinds = [...new Set(marks.map(({ kind }) => kind))].sort();
  return kinds.map((kind) => {
    const shapes = marks.flatMap((mark) => (mark.kind === kind ? [markShapeSchema.parse(mark.shape)] : []));
    const coverage = shapes
      .map((shape) => coverMark(shape, grid))
      .reduce((joined, one) => joined.map((share, pixel) => Math.max(share, one[pixel] ?? 0)));
    return { name: `mark: ${kind}`, mask: { width: grid.width, height: grid.height, coverage } };
  });
}

/** Whether a region is an artefact someone drew or the dataset names: no control may lie on one. */
export const isArtefact = (name: string): boolean => isSuspect(name) && !/^(border$|outside )/.test(name);

/** Whether a region shows something the model should not look at. */
export const isSuspect = (name: string): boolean => !anatomyKinds.includes(name);
