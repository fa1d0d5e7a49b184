import { createHash } from 'node:crypto';
import { LightboxError } from '#shared/errors.ts';
import { bytesSource } from './byte-source.ts';
import { applyPalette, toRgb } from './color-samples.ts';
import { decodeFrame } from './decode-frame.ts';
import type { FrameRequest } from './decode-frame.ts';
import { describeHead } from './dicom-header.ts';
import type { ColorDicomPicture, DicomPicture, GreyDicomPicture } from './dicom-picture.ts';
import { readGreyMeaning } from './grey-facts.ts';
import { findHeadWarnings } from './head-warnings.ts';
import { readPalette } from './palette.ts';
import { isGrey, readPixelLayout } from './pixel-layout.ts';
import type { RawFrame } from './raw-frame.ts';
import { readHead } from './read-head.ts';

export interface DicomOptions {
  /** Which frame, from 0. Default: the first. */
  readonly frame?: number;
}

/**
 * Decode one frame of a DICOM file from the file's bytes (docs/dicom.md).
 * @param name what messages call the picture, usually its file name.
 * @throws LightboxError `picture/unreadable` (damaged, contradicting itself), `picture/unsupported` (no picture, a form that
 * is not read, more than 200 megapixels) or `request/invalid` (no such frame).
 */
export async function decodeDicom(bytes: Uint8Array, name: string, options: DicomOptions = {}): Promise<DicomPicture> {
  const head = await readHead(bytesSource(bytes), name);
  const layout = readPixelLayout(head, name);
  const { frame = 0 } = options;
  if (!Number.isInteger(frame) || frame < 0 || frame >= layout.frames) {
    const sentence = `${name} has ${layout.frames} frames, counted from 0; there is no frame ${frame}.`;
    throw new LightboxError('request/invalid', sentence);
  }
  const request = { head, layout, frame, name };
  const raw = await decodeFrame(request);
  const picture = isGrey(layout.photometric) ? createGrey(request, raw) : createColor(request, raw);
  return {
    ...picture,
    width: layout.columns,
    height: layout.rows,
    header: describeHead(head),
    frame,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    warnings: [...head.warnings, ...findHeadWarnings(head.attributes, layout, frame), ...picture.warnings],
  };
}

type GreyParts = Pick<GreyDicomPicture, 'kind' | 'values' | 'range' | 'windows' | 'isInverted' | 'warnings'>;
type ColorParts = Pick<ColorDicomPicture, 'kind' | 'samples' | 'warnings'>;

function createGrey({ head, layout, frame }: FrameRequest, raw: RawFrame): GreyParts {
  const { table, ...meaning } = readGreyMeaning(head, layout, frame);
  const values = new Float32Array(raw.words.length);
  for (let pixel = 0; pixel < values.length; pixel++) values[pixel] = table[raw.words[pixel] ?? 0] ?? 0;
  return {
    ...{ kind: 'grey', values, range: findRange(values) },
    ...{ windows: meaning.windows, isInverted: meaning.isInverted },
    warnings: [...raw.warnings, ...meaning.warnings],
  };
}

/** Where everything is padding there is nothing to span. */
function findRange(values: Float32Array): readonly [low: number, high: number] {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? [low, high] : [0, 0];
}

function createColor({ head, layout, name }: FrameRequest, raw: RawFrame): ColorParts {
  const samples =
    layout.photometric === 'PALETTE COLOR'
      ? applyPalette(raw, layout, readPalette(head.attributes, layout.isSigned, name))
      : toRgb(raw, layout);
  return { kind: 'color', samples, warnings: raw.warnings };
}
