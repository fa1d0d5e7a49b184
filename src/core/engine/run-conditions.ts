/** Relevance of one picture under many conditions at once, which share the forward pass and all that lies above them. */
import type { AttributionGraph } from '#core/relevance/index.ts';
import type { ConditionCall } from './calls.ts';
import { joinFloats, type ConceptReading } from './concept-reading.ts';
import type { Conditioned } from './condition.ts';
import { feedStarts, findRow, layOutConditions, type ConditionRows } from './condition-rows.ts';
import { requireFinite } from './finite.ts';
import type { OpenModel } from './open-models.ts';
import { getFloats, readConcepts } from './read-outputs.ts';
import { imageFeed, regionFeeds, relevanceFeeds, relevanceName, resolveTargets, timeRun } from './run-model.ts';

/** Throws `layer/unknown`, `request/invalid`, `model/not-finite`. */
export async function runConditions(model: OpenModel, call: ConditionCall): Promise<Conditioned> {
  const { graph, session } = model;
  const { image, target, initial, conditions } = call;
  const rows = layOutConditions(graph.inputs.starts, conditions);
  const feeds = {
    ...imageFeed(model, image),
    ...relevanceFeeds(model, { targets: [target], initial, masks: [] }),
    ...regionFeeds(model, call.regions),
    ...feedStarts(graph.inputs.starts, rows),
  };
  const { outputs, milliseconds } = await timeRun(session, feeds);
  const logits = getFloats(outputs, graph.outputs.logits);
  const all = getFloats(outputs, relevanceName(model));
  await requireFinite(model, { images: image, results: [logits, all] });
  const ofPicture = pickRows(all, { rows, present: graph.outputs.groups, length: image.length });
  return {
    logits,
    target: resolveTargets(model, [target], logits)[0],
    whole: graph.outputs.groups.includes(0) ? all.slice(0, image.length) : undefined,
    relevance: ofPicture,
    concepts: pickConcepts(graph, readConcepts(graph, outputs), rows),
    milliseconds,
  };
}

interface Picking {
  readonly rows: ConditionRows;
  /** Groups the array has. */
  readonly present: readonly number[];
  /** Values in a row. */
  readonly length: number;
}

/** The rows that answer the conditions, in their order; zero where there is none. */
function pickRows(values: Float32Array, { rows, present, length }: Picking): Float32Array {
  const picked = new Float32Array(rows.last.length * length);
  rows.last.forEach((last, i) => {
    const row = findRow(rows, present, last);
    if (row !== undefined) picked.set(values.subarray(row * length, (row + 1) * length), i * length);
  });
  return picked;
}

function pickConcepts(
  { outputs }: AttributionGraph,
  readings: readonly ConceptReading[],
  rows: ConditionRows,
): readonly ConceptReading[] {
  return readings.map((reading, i) => {
    const present = outputs.concepts[i]?.groups ?? [];
    if (reading.kind === 'activation') return reading;
    const pick = (values: Float32Array, length: number): Float32Array => {
      const chosen = pickRows(values, { rows, present, length });
      return present.includes(0) ? joinFloats([values.subarray(0, length), chosen]) : chosen;
    };
    const { channels, sums, peaks, inside } = reading;
    return {
      ...reading,
      sums: pick(sums, channels),
      peaks: peaks && { values: pick(peaks.values, channels), positions: pick(peaks.positions, channels) },
      inside: inside && pick(inside, (inside.length * channels) / sums.length),
    };
  });
}
