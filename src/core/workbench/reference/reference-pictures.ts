import type { ConceptLayer } from '#core/catalog/index.ts';
import type { Engine } from '#core/engine/index.ts';
import { placeBox, renderPatch, renderWhole, type PatchLook, type Picture, type Region } from '#core/imaging/index.ts';
import { darkColorMap, getColorMap } from '#shared/color-maps.ts';
import { throwIfCancelled, type JobControl } from '../job.ts';
import type { PreparedPicture } from '../prepare-picture.ts';
import { loadSample } from './load-sample.ts';
import type { ReferencePick } from './best-samples.ts';
import type { ReadDataset } from './read-concepts.ts';
import { findReceptiveRegion, MASK_UP_TO, widenBox, type NeuronMap, type ReceptiveRegion } from './receptive-region.ts';
import { NeuronMaps, type ReferenceModel } from './reference-engine.ts';

/** A reference sample as it is shown. */
export interface ReferencePicture {
  readonly whole: Picture;
  /** The part the concept looks at, in pixels of `whole`. */
  readonly box: Region;
  /** That part, and beside it as much as a picture needs to be looked at. */
  readonly part: Picture;
  /** Nothing on the picture drives the neuron up, so the part is the whole. */
  readonly isEmpty: boolean;
}

/** A concept and the samples of it that are shown. */
export interface ShownConcept {
  readonly layer: ConceptLayer;
  readonly channel: number;
  readonly picks: readonly ReferencePick[];
}

export type PictureFinder = (concept: ShownConcept, pick: ReferencePick) => ReferencePicture | undefined;

interface Wanted {
  readonly concept: ShownConcept;
  readonly pick: ReferencePick;
}

const WHOLE_SIDE = 300;
/** What is left of the picture where a mask covers it. */
const MASKED_BRIGHTNESS = 0.3;

const keyOf = ({ layer, channel }: ShownConcept, { sampleId }: ReferencePick): string =>
  `${layer.id}:${channel}:${sampleId}`;

/** Draws reference samples: each picture is decoded once, whatever the number of concepts it stands for. */
export async function drawReferencePictures(
  { engine, model, read }: { engine: Engine; model: ReferenceModel; read: ReadDataset },
  { concepts, show }: { readonly concepts: readonly ShownConcept[]; readonly show: PatchLook['kind'] },
  control: JobControl,
): Promise<PictureFinder> {
  const drawn = new Map<string, ReferencePicture>();
  const wanted = groupByPicture(concepts);
  const layers = new Set(concepts.map(({ layer }) => layer));
  const maps = await NeuronMaps.open({ engine, control }, model, [...layers]);
  try {
    let done = 0;
    for (const [file, all] of wanted) {
      throwIfCancelled(control);
      control.onProgress?.({ done: done++, total: wanted.size, label: `${read.dataset.name}: reference pictures` });
      const prepared = await loadSample(read, file);
      if (!prepared) continue;
      const neurons = all.map(({ concept, pick }) => ({ ...concept, position: pick.position }));
      const found = await maps.compute(prepared.input.tensor, neurons);
      all.forEach(({ concept, pick }, index) => {
        const map = found[index];
        if (map) drawn.set(keyOf(concept, pick), drawPicture(prepared, map, show));
      });
    }
  } finally {
    await maps.close();
  }
  return (concept, pick) => drawn.get(keyOf(concept, pick));
}

function groupByPicture(concepts: readonly ShownConcept[]): ReadonlyMap<string, readonly Wanted[]> {
  const wanted = new Map<string, Wanted[]>();
  for (const concept of concepts) {
    for (const pick of concept.picks) {
      const all = wanted.get(pick.path) ?? [];
      wanted.set(pick.path, [...all, { concept, pick }]);
    }
  }
  return wanted;
}

function drawPicture({ picture, view }: PreparedPicture, map: NeuronMap, show: PatchLook['kind']): ReferencePicture {
  const found = findReceptiveRegion(map);
  const { region } = view;
  const whole = renderWhole(picture, WHOLE_SIDE);
  const place = placeBox({ map, region, box: found.box }, picture);
  const scale = whole.width / picture.width;
  return {
    ...{ whole, isEmpty: found.isEmpty },
    box: { left: place.left * scale, top: place.top * scale, width: place.width * scale, height: place.height * scale },
    part: renderPatch(
      { picture, region, box: widenBox(found.box, map), map: show === 'masked' ? found.focus : map },
      lookOf(found, map, show),
    ),
  };
}

/** Of a neuron that nothing drives up the picture is shown as it is. */
function lookOf({ isEmpty }: ReceptiveRegion, { values }: NeuronMap, show: PatchLook['kind']): PatchLook {
  if (show === 'masked') return { kind: 'masked', threshold: isEmpty ? -1 : MASK_UP_TO, brightness: MASKED_BRIGHTNESS };
  const peak = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return { kind: 'heatmap', style: { colorMap: getColorMap(darkColorMap), range: [peak === 0 ? 0 : -peak, peak] } };
}
