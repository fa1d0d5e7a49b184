import { skipToken, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { dataAddress } from '#shared/contract/contract.ts';
import type { PictureFacts } from '#shared/contract/pictures.ts';
import { readNpy } from '#shared/npy.ts';
import { api } from '../../api/client.ts';
import { encodePicture, halvePicture, type CodedPicture, type Samples } from './grey-codes.ts';
import { listPresets, type WindowPresets } from './window-presets.ts';
import type { ValueScale } from './window-state.ts';

/** A picture with all that is needed to show it. */
export interface Film {
  readonly sample: number;
  readonly picture: CodedPicture;
  readonly facts: PictureFacts;
  readonly presets: WindowPresets;
  readonly scale: ValueScale;
  /** The picture halved so many times. */
  readonly level: (halvings: number) => CodedPicture;
}

export function createFilm(sample: number, samples: Samples, facts: PictureFacts): Film {
  const picture = encodePicture(samples);
  const levels = [picture];
  const level = (halvings: number): CodedPicture => {
    const known = levels[halvings];
    if (known) return known;
    const halved = halvePicture(level(halvings - 1));
    levels[halvings] = halved;
    return halved;
  };
  const { grey } = facts;
  const scale = grey ? `${grey.modality ?? ''} ${grey.unit ?? ''}` : samples.values.constructor.name;
  return { sample, picture, facts, presets: listPresets(picture, grey), scale, level };
}

/** An array of the data route as samples. Throws with the workbench's own sentence where it cannot be had. */
export async function loadSamples(address: string, signal: AbortSignal): Promise<Samples> {
  const response = await fetch(address, { signal });
  if (!response.ok) throw new Error((await response.text()) || 'The picture is not there any more.');
  const { shape, values } = readNpy(new Uint8Array(await response.arrayBuffer()), 'the picture');
  const [height = 0, width = 0, channels = 1] = shape;
  const isKnown = values instanceof Uint8Array || values instanceof Uint16Array || values instanceof Float32Array;
  if (!isKnown) throw new Error('The picture came in a form that cannot be shown.');
  return { width, height, channels: channels === 3 ? 3 : 1, values };
}

/** Films are large; those not looked at are let go of soon. */
const kept = { staleTime: Infinity, gcTime: 20_000 } as const;

/** The picture of a sample; undefined is nobody's. */
export function useFilm(sample: number | undefined): UseQueryResult<Film> {
  const facts = useQuery(
    api.pictureFacts.queryOptions({ input: sample === undefined ? skipToken : { sample }, ...kept }),
  );
  const known = facts.data;
  const film = useQuery({
    ...{ queryKey: ['film', sample], ...kept, structuralSharing: false },
    queryFn:
      sample === undefined || !known
        ? skipToken
        : async ({ signal }) => createFilm(sample, await loadSamples(dataAddress.values(sample), signal), known),
  });
  return (facts.isError ? facts : film) as UseQueryResult<Film>;
}
