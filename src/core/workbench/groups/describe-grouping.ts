import { z } from 'zod';
import { computeLabelAssociation } from '#core/audit/index.ts';
import type { Analysis, ReadonlyCatalog, Sample } from '#core/catalog/index.ts';
import {
  groupingSettingsSchema,
  keptGroupingSchema,
  type GroupingView,
  type GroupView,
  type KeptGrouping,
  type PointView,
} from '#shared/contract/groups.ts';
import { computeModelView } from '#core/imaging/index.ts';
import { LightboxError } from '#shared/errors.ts';
import { isSuspect } from '../audit/picture-regions.ts';
import { attributionSettingsSchema, findTurned, meanings } from '../viewer/sample-view.ts';
import { findPredictionSetup } from './prediction-setup.ts';

const NEAREST = 12;

const askedSchema = attributionSettingsSchema.extend({ target: z.string() });

/** A grouping of the catalog with what is known of its pictures now. Throws `request/invalid` where it is gone. */
export function describeGrouping(catalog: ReadonlyCatalog, id: number): GroupingView {
  return catalog.snapshot(() => {
    const analysis = catalog.analyses.get(id);
    const { kept, settings } = readGrouping(analysis);
    const { means, points: keptPoints, ...facts } = kept;
    const { model: modelId, settings: made } = catalog.setups.get(settings.setup);
    const { title, file, sha256, labels } = catalog.models.get(modelId);
    const { composite, target } = askedSchema.parse(made);
    const points = describePoints(catalog, analysis.datasetId, {
      kept,
      labels,
      setup: settings.setup,
      target: settings.target,
    });
    const distances = new Map(keptPoints.map((point) => [point.id, point.distance]));
    return {
      ...{ ...facts, id, settings, version: analysis.version, createdMs: analysis.createdMs },
      dataset: catalog.datasets.get(analysis.datasetId).name,
      model: { title: title ?? file, sha256 },
      ...{ composite: composite.name, asked: target, label: labels[settings.target] ?? `class ${settings.target}` },
      groups: means.map((mean, group) => describeGroup({ mean, group, points, distances })),
      points: [...points],
    };
  });
}

/** Throws `request/invalid` for one that another version has kept. */
function readGrouping({ result, settings }: Analysis): {
  readonly kept: KeptGrouping;
  readonly settings: GroupingView['settings'];
} {
  const [kept, read] = [keptGroupingSchema.safeParse(result).data, groupingSettingsSchema.safeParse(settings).data];
  if (kept && read) return { kept, settings: read };
  throw new LightboxError('request/invalid', 'These groups were kept by another version; compute them again.');
}

interface PointsQuestion {
  readonly kept: KeptGrouping;
  readonly labels: readonly string[];
  readonly setup: number;
  readonly target: number;
}

function describePoints(
  catalog: ReadonlyCatalog,
  datasetId: number,
  { kept, labels, setup, target }: PointsQuestion,
): readonly PointView[] {
  const predictions = findPredictionSetup(catalog, setup);
  const { composite, initial, input } = attributionSettingsSchema.parse(catalog.setups.get(setup).settings);
  const sense = { meaning: meanings[composite.name] ?? 'evidence-of-logit', initialRelevance: initial };
  const regions = Map.groupBy(
    catalog.samples.listRegions(datasetId).filter(({ region }) => isSuspect(region)),
    ({ sampleId }) => sampleId,
  );
  return kept.points.flatMap(({ id, arraySha256, group, x, y, silhouette }): PointView[] => {
    const sample = findSample(catalog, id);
    if (!sample) return [];
    const { contentSha256 = '', label, split, width = 1, height = 1 } = sample;
    const prediction = predictions === undefined ? undefined : catalog.predictions.find(predictions, id);
    return [
      {
        ...{ id, contentSha256, arraySha256, group, x, y, silhouette, label, split },
        ...(prediction && { predicted: labels[prediction.predicted] ?? `class ${prediction.predicted}` }),
        regions: (regions.get(id) ?? []).map(({ region }) => region),
        ...{ width, height, region: computeModelView({ width, height }, input).region },
        turned: findTurned(sense, prediction?.logits[target]) ?? false,
      },
    ];
  });
}

function findSample(catalog: ReadonlyCatalog, id: number): Sample | undefined {
  try {
    return catalog.samples.get(id);
  } catch (cause) {
    if (LightboxError.from(cause).code === 'sample/unknown') return undefined;
    throw cause;
  }
}

interface GroupPlan {
  readonly mean: readonly number[];
  readonly group: number;
  readonly points: readonly PointView[];
  readonly distances: ReadonlyMap<number, number>;
}

function describeGroup({ mean, group, points, distances }: GroupPlan): GroupView {
  const members = points.filter((point) => point.group === group);
  const others = points.filter((point) => point.group !== group);
  const nearest = members.toSorted((a, b) => (distances.get(a.id) ?? 0) - (distances.get(b.id) ?? 0));
  const silhouette = members.reduce((sum, point) => sum + point.silhouette, 0) / (members.length || 1);
  const names = [...new Set(points.flatMap(({ regions }) => regions))].sort();
  return {
    ...{ group, size: members.length, silhouette, mean: [...mean] },
    nearest: nearest.slice(0, NEAREST).map(({ id }) => id),
    labels: countBy(members, ({ label }) => label),
    predicted: countBy(members, ({ predicted }) => predicted),
    splits: countBy(members, ({ split }) => split),
    regions: names.map((region) => {
      const count = (some: readonly PointView[]): number =>
        some.filter(({ regions }) => regions.includes(region)).length;
      const table = {
        markedOfClass: count(members),
        ofClass: members.length,
        markedOfRest: count(others),
        ofRest: others.length,
      };
      const { oddsRatio, interval } = computeLabelAssociation(table);
      return {
        region,
        inGroup: table.markedOfClass,
        inRest: table.markedOfRest,
        rest: others.length,
        oddsRatio,
        interval,
      };
    }),
  };
}

/** The most frequent first; '' where there is none. */
function countBy(
  points: readonly PointView[],
  nameOf: (point: PointView) => string | undefined,
): { name: string; count: number }[] {
  const counts = [...Map.groupBy(points, (point) => nameOf(point) ?? '')].map(([name, { length }]) => ({
    name,
    count: length,
  }));
  return counts.toSorted((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
}
