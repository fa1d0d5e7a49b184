import { createBorderRing, type RegionMask } from '#core/audit/index.ts';
import type { Engine } from '#core/engine/index.ts';
import { coverMark } from '#shared/marks/rasterize-mark.ts';
import type { JobControl } from '../job.ts';
import { preparePicture, type PreparedPicture } from '../prepare-picture.ts';
import { describeRegionTest } from './describe-region-test.ts';
import type { PictureMarkReport, PictureMarkRequest } from './mark-test-request.ts';
import { modelGrid } from './picture-regions.ts';
import { openRegionModel, releaseRegionModel, type RegionModel } from './region-model.ts';
import { testRegion, type RegionTest } from './test-region.ts';

/** A test of one mark with all that a figure shows of it. */
export interface TestedPicture {
  readonly report: PictureMarkReport;
  readonly test: RegionTest;
  readonly region: RegionMask;
  readonly model: RegionModel;
}

/** Tests a mark on one picture. Throws `picture/...`, what opening a model throws, and `request/invalid` for a mark the model does not see. */
export async function testPictureMark(
  engine: Engine,
  request: PictureMarkRequest,
  control: JobControl,
): Promise<TestedPicture> {
  const model = await openRegionModel(engine, request, control);
  try {
    const { recipe, labels, record, composite } = model;
    const prepared = await preparePicture(request.picture, 0, { recipe, shown: request.shown });
    const { seed = 1, mark } = request;
    const region = findRegion(prepared, request, model);
    const test = await testRegion({
      ...{ engine, model, tensor: prepared.input.tensor, region, isFrame: mark === undefined },
      ...{ controls: request.controls, seed: `${seed} ${prepared.picture.sha256}`, signal: control.signal },
    });
    const report = {
      ...{ model: record, composite, picture: { sha256: prepared.picture.sha256 }, mark: mark ?? ('border' as const) },
      ...{ thresholds: test.thresholds, seed, ...describeRegionTest(test, { labels, region }) },
      fills: test.fills,
    };
    return { report, test, region, model };
  } finally {
    await releaseRegionModel(engine, model);
  }
}

function findRegion({ picture }: PreparedPicture, { mark }: PictureMarkRequest, { recipe }: RegionModel): RegionMask {
  const { width, height } = recipe;
  if (!mark) return createBorderRing(width, height);
  return { width, height, coverage: coverMark(mark, modelGrid(picture, recipe)) };
}
