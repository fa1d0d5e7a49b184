import type { ConceptSheet } from '#core/figures/index.ts';
import { renderOverlayPng } from '#core/imaging/index.ts';
import { describeColors } from '#shared/relevance-words.ts';
import { sumOverColor } from '#shared/render-heatmap.ts';
import { chooseLook } from '../heatmap-look.ts';
import type { ConceptsRecord, ConceptView } from './concepts-record.ts';
import type { ComputedConcepts, ConceptContext } from './concept-context.ts';

/** The pictures of a concept sheet, and what it says about each. */
export async function drawConceptSheet(
  { opened, meaning }: ConceptContext,
  { prepared, whole, maps, turned, region }: ComputedConcepts,
  record: ConceptsRecord,
): Promise<Omit<ConceptSheet, 'provenance'>> {
  const { channels, height, width } = opened.network.input;
  const { picture, view } = prepared;
  const draw = async (map: Float32Array): Promise<ConceptSheet['whole']> => {
    const summed = sumOverColor(map, channels);
    const values = turned ? summed.map((value) => -value) : summed;
    const { overlay } = chooseLook({}, { values, turned });
    const heatmap = { width, height, values };
    return renderOverlayPng({ picture, region: view.region, heatmap, style: overlay });
  };
  const layers = await Promise.all(
    record.layers.map(async ({ name, concepts }, i) => ({
      name,
      concepts: await Promise.all(
        concepts.map(async (concept, row) => ({
          drawing: await draw(maps[i]?.[row] ?? new Float32Array(whole.relevance.length)),
          name: `channel ${concept.channel}`,
          note: describeConcept(concept),
        })),
      ),
    })),
  );
  return {
    title: `Concepts for ${record.target.label}`,
    subtitle: describeSheet(record),
    whole: await draw(whole.relevance),
    layers,
    ...(region && { box: scaleBox(region.box, picture) }),
    legend: `${describeColors(meaning === 'gradient' ? 'gradient' : 'evidence', record.target.label)} ${explanation}`,
  };
}

/** A rectangle in shares of the picture's width and height. */
function scaleBox(
  { left, top, width, height }: { left: number; top: number; width: number; height: number },
  picture: { readonly width: number; readonly height: number },
): NonNullable<ConceptSheet['box']> {
  return {
    left: left / picture.width,
    top: top / picture.height,
    width: width / picture.width,
    height: height / picture.height,
  };
}

function describeConcept({ share, inside, rank }: ConceptView): string {
  if (inside) return `${percent(inside.share)} of it inside`;
  return rank === 1 ? `${percent(share)} of the layer` : `${percent(share)}, rank ${rank}`;
}

function percent(share: number): string {
  const value = 100 * share;
  return `${Math.abs(value) < 10 ? value.toFixed(1) : value.toFixed(0)}%`;
}

function describeSheet({ target, composite, mode, prediction, region }: ConceptsRecord): string {
  const predicted = prediction.classes[prediction.index];
  const answer = target.isPredicted
    ? `predicted with ${percent(target.probability)}`
    : `${percent(target.probability)}; predicted is ${prediction.label} with ${percent(predicted?.probability ?? NaN)}`;
  const ways = {
    through: 'what passes the concept alone',
    masked: 'what goes round the layer is kept',
    difference: 'difference of two passes',
  };
  const ranked = region
    ? `strongest inside the marked region (${percent(region.areaShare)} of what the model sees)`
    : 'strongest concept of each layer';
  return `${answer} · ${composite.name} · ${ranked} · ${ways[mode]}`;
}

const explanation =
  'A concept is one pattern that a layer of the network answers to (a channel); each picture shows where it is found and how it speaks for the answer. Every picture is scaled by itself: colors show where, not how much; the share says how much.';
