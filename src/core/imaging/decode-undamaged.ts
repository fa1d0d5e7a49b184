import { LightboxError } from '#shared/errors.ts';
import { decodePixels } from './pixel-codec.ts';
import type { DecodedPixels, DecodeSettings } from './pixel-codec.ts';

export interface NamedSettings extends Omit<DecodeSettings, 'failOn'> {
  /** What messages call the picture. */
  readonly name: string;
}

export interface CheckedPixels {
  readonly pixels: DecodedPixels;
  /** A sentence about damage the decoder complained of; mostly empty. */
  readonly damage: readonly string[];
}

/**
 * A picture the decoder merely complains about is still shown, with the complaint; one with missing pixels is not.
 * @throws LightboxError `picture/unreadable`.
 */
export async function decodeUndamaged(file: Buffer, { name, ...settings }: NamedSettings): Promise<CheckedPixels> {
  try {
    return { pixels: await decodePixels(file, { ...settings, failOn: 'damage' }), damage: [] };
  } catch (complaint) {
    try {
      const pixels = await decodePixels(file, { ...settings, failOn: 'loss' });
      return { pixels, damage: [`The file is damaged (${firstLine(complaint)}); its pixels may be wrong in places.`] };
    } catch (cause) {
      throw undecodable(name, cause);
    }
  }
}

/** The failure of a decoder as `picture/unreadable`. */
export function undecodable(name: string, cause: unknown): LightboxError {
  const sentence = `${name} cannot be decoded (${firstLine(cause)}); it may be damaged or cut off, copy it again.`;
  return new LightboxError('picture/unreadable', sentence, { cause });
}

const firstLine = (cause: unknown): string => {
  const message = cause instanceof Error ? cause.message : String(cause);
  return message.split('\n', 1)[0]?.trim() ?? '';
};
