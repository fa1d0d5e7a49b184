import type { DecodedPixels } from './pixel-codec.ts';

interface OpaqueSamples {
  readonly channels: 1 | 3;
  readonly samples: Uint8Array | Uint16Array;
  readonly warnings: readonly string[];
}

/** Decoded bytes as samples without an alpha channel. Alpha is dropped, not blended: the colors stay what the file says. */
export function splitAlpha(pixels: DecodedPixels, depth: 8 | 16): OpaqueSamples {
  const samples = toSamples(pixels.bytes, depth);
  const channels = pixels.channels >= 3 ? 3 : 1;
  if (pixels.channels === channels) return { channels, samples, warnings: [] };
  const opaque = depth === 16 ? 65_535 : 255;
  const kept = new (depth === 16 ? Uint16Array : Uint8Array)(pixels.width * pixels.height * channels);
  let isTransparent = false;
  for (let source = 0, target = 0; source < samples.length; source += pixels.channels) {
    for (let channel = 0; channel < channels; channel++) kept[target++] = samples[source + channel] ?? 0;
    isTransparent ||= samples[source + channels] !== opaque;
  }
  const warning = 'The picture is partly transparent; the transparency is ignored, hidden colors show.';
  return { channels, samples: kept, warnings: isTransparent ? [warning] : [] };
}

function toSamples(bytes: Buffer, depth: 8 | 16): Uint8Array | Uint16Array {
  if (depth === 8) return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const aligned = bytes.byteOffset % 2 === 0 ? bytes : Buffer.from(new Uint8Array(bytes).buffer);
  return new Uint16Array(aligned.buffer, aligned.byteOffset, aligned.byteLength >> 1);
}
