import path from 'node:path';
import { renderGroupFigure, type Drawing, type Figure, type FigureGroup } from '#core/figures/index.ts';
import type { ReadonlyCatalog } from '#core/catalog/index.ts';
import { renderMapPng, renderOverlayPng, showModelInput, type InputRecipe } from '#core/imaging/index.ts';
import type { GroupingView, GroupView, PointView } from '#shared/contract/groups.ts';
import { LightboxError } from '#shared/errors.ts';
import { chooseLook } from '../heatmap-look.ts';
import { preparePicture } from '../prepare-picture.ts';
import { attributionSettingsSchema } from '../viewer/sample-view.ts';

const MEMBERS = 7;
const REGIONS = 2;

/** The figure of a grouping. Pictures that cannot be read are left out of it. */
export async function drawGroups(catalog: ReadonlyCatalog, view: GroupingView): Promise<Figure> {
  const { input } = attributionSettingsSchema.parse(catalog.setups.get(view.settings.setup).settings);
  const groups: FigureGroup[] = [];
  for (const group of view.groups) groups.push(await drawGroup({ catalog, view, recipe: input }, group));
  const { settings, points, eigenvalues, silhouette, neighbours } = view;
  return renderGroupFigure({
    title: `Groups of maps for ${view.label}`,
    subtitle: `${points.length} maps (${view.asked}), ${view.composite}; silhouette ${silhouette.toFixed(2)}`,
    ...{ points, eigenvalues, groups },
    legend: `Maps are means over ${settings.side} x ${settings.side} cells, of length 1, each joined with its ${neighbours} nearest; groups by spectral clustering. The first picture of a row is the mean map, the others are those nearest to it. The plane keeps neighbours together; distances between groups in it mean little.`,
    provenance: {
      ...{ model: view.model, dataset: view.dataset, samples: points.length, selection: `seed ${settings.seed}` },
      ...{ version: view.version, created: new Date(view.createdMs).toISOString() },
    },
  });
}

interface Place {
  readonly catalog: ReadonlyCatalog;
  readonly view: GroupingView;
  readonly recipe: InputRecipe;
}

async function drawGroup(place: Place, group: GroupView): Promise<FigureGroup> {
  const { side } = place.view.settings;
  const values = Float32Array.from(group.mean);
  const { overlay } = chooseLook(
    {},
    { values: Float32Array.from(values, (value) => Math.max(0, value)), turned: false },
  );
  const byId = new Map(place.view.points.map((point) => [point.id, point]));
  const nearest = group.nearest.slice(0, MEMBERS).flatMap((id) => byId.get(id) ?? []);
  const members = await Promise.all(nearest.map((point) => drawMember(place, point)));
  return {
    name: `Group ${group.group + 1}: ${group.size} maps`,
    notes: [`silhouette ${group.silhouette.toFixed(2)}`, ...describeLabels(group), ...describeRegions(group)],
    mean: await renderMapPng({ width: side, height: side, values }, overlay),
    members: members.filter((one) => one !== undefined),
  };
}

async function drawMember({ catalog, recipe }: Place, point: PointView): Promise<Drawing | undefined> {
  try {
    const sample = catalog.samples.get(point.id);
    const file = path.join(catalog.datasets.get(sample.datasetId).folder, sample.path);
    const { input } = await preparePicture(file, 0, { recipe });
    const picture = showModelInput(input.tensor, recipe);
    const { width, height } = picture;
    const sign = point.turned ? -1 : 1;
    const { values: kept } = await catalog.arrays.load(point.arraySha256);
    const values = Float32Array.from(kept, Number).map((value) => sign * value);
    const { overlay } = chooseLook({}, { values, turned: point.turned });
    const region = { left: 0, top: 0, width, height };
    return await renderOverlayPng({ picture, region, heatmap: { width, height, values }, style: overlay });
  } catch (cause) {
    const error = LightboxError.from(cause);
    if (error.code === 'internal') throw error;
    return undefined;
  }
}

const describeLabels = ({ labels }: GroupView): readonly string[] =>
  labels.slice(0, 2).map(({ name, count }) => `${name || 'no label'}: ${count}`);

/** What goes most with the group. */
function describeRegions({ regions, size }: GroupView): readonly string[] {
  const telling = regions.filter(({ interval: { low } }) => low > 1).toSorted((a, b) => b.oddsRatio - a.oddsRatio);
  return telling
    .slice(0, REGIONS)
    .map(({ region, inGroup, inRest, rest }) => `${region} ${inGroup}/${size}, rest ${inRest}/${rest}`);
}
