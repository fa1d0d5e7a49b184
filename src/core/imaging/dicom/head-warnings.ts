import type { Attributes } from './attributes.ts';
import type { PixelLayout } from './pixel-layout.ts';
import { tags } from './tags.ts';

/** What a careful reader should know of a file before trusting its picture. */
export function findHeadWarnings(attributes: Attributes, { frames }: PixelLayout, frame: number): string[] {
  const shown = frame === 0 ? 'the first' : `number ${frame + 1}`;
  const candidates: [boolean, string][] = [
    [frames > 1, `The file holds ${frames} frames; only ${shown} is read.`],
    [
      attributes.text(tags.presentationIntent) === 'FOR PROCESSING',
      'The file is marked FOR PROCESSING: raw values of the detector, which may look like a negative of the film.',
    ],
    [attributes.has(tags.overlay), 'The file carries overlay graphics, which are not drawn.'],
    [attributes.has(tags.shutterShape), 'The file carries a display shutter, which is not applied.'],
  ];
  return candidates.filter(([applies]) => applies).map(([, sentence]) => sentence);
}
