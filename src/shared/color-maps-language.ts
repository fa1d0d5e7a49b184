import { LightboxError } from './errors.ts';

/** One color of a map at a palette position 0..255; channels run from 0 to 1. */
interface ColorNode {
  readonly position: number;
  readonly rgb: readonly [number, number, number];
}

interface WrittenNode {
  readonly position: number | undefined;
  readonly rgb: ColorNode['rgb'];
}

const nodePattern = /^(?:([0-9a-f]{1,2}):)?([0-9a-f]{3}|[0-9a-f]{6})$/i;

/**
 * The 256-entry palette of a map written as comma-separated nodes `[index:]rgb` in hex, one or two digits per channel
 * (`0ff,00f,80:000,f00,ff0,fff`). The first node stands at 0 and the last at 255 unless indexed; the others are spread
 * evenly between their indexed neighbours; colors are linear in between; equal indices make a hard edge.
 * @param level above 1 saturates earlier, below 1 uses only the inner colors.
 * @returns 768 bytes, RGB interleaved.
 * @throws LightboxError `request/invalid` when the text is not such a list or the level not positive.
 */
export function renderPalette(source: string, level = 1): Uint8Array {
  if (!(level > 0) || !Number.isFinite(level)) {
    throw new LightboxError('request/invalid', `The color map's level must be a positive number, not ${level}.`);
  }
  const nodes = placeNodes(readNodes(source), source);
  const palette = new Uint8Array(256 * 3);
  for (let entry = 0; entry < 256; entry++) {
    const signed = -1 + (entry * 2) / 255;
    const position = Math.min(1, Math.max(0, (signed * level + 1) / 2));
    palette.set(mixColor(nodes, position * 255).map(toByte), entry * 3);
  }
  return palette;
}

/** Truncated, after the twelfth decimal is rounded, so that 254.9999999999999 is still 255. */
const toByte = (channel: number): number => Math.trunc(Number((255 * channel).toFixed(12)));

function readNodes(source: string): WrittenNode[] {
  return source.split(',').map((text) => {
    const match = nodePattern.exec(text.trim());
    if (!match?.[2]) throw invalid(source, `'${text.trim()}' is not a node such as f80, ff8800 or 80:ff8800`);
    const [, index, hex] = match;
    const pairs = hex.length === 3 ? hex.replace(/./g, '$&$&') : hex;
    const [red = 0, green = 0, blue = 0] = (pairs.match(/../g) ?? []).map((pair) => parseInt(pair, 16) / 255);
    return { position: index === undefined ? undefined : parseInt(index, 16), rgb: [red, green, blue] };
  });
}

/** Gives every node its position and adds a copy of the last color at 256, so that each position has a right neighbour. */
function placeNodes(written: readonly WrittenNode[], source: string): ColorNode[] {
  const last = written.length - 1;
  const isFixed = written.map((node, at) => node.position !== undefined || at === 0 || at === last);
  const fixedPosition = (at: number): number => written[at]?.position ?? (at === 0 ? 0 : 255);
  const nodes = written.map((node, at) => {
    if (isFixed[at]) return { position: fixedPosition(at), rgb: node.rgb };
    const left = isFixed.lastIndexOf(true, at);
    const right = isFixed.indexOf(true, at);
    const step = (fixedPosition(right) - fixedPosition(left)) / (right - left);
    return { position: Math.trunc(fixedPosition(left) + step * (at - left)), rgb: node.rgb };
  });
  const isRising = nodes.every((node, at) => node.position >= (nodes[at - 1]?.position ?? 0));
  const end = nodes[last];
  if (!isRising || !end || nodes.length < 2) throw invalid(source, 'it needs at least two nodes with rising indices');
  return [...nodes, { position: 256, rgb: end.rgb }];
}

function mixColor(nodes: readonly ColorNode[], position: number): [number, number, number] {
  const at = Math.max(
    0,
    nodes.findLastIndex((node) => node.position <= position),
  );
  const left = nodes[at];
  const right = nodes[at + 1];
  if (!left || !right) throw new LightboxError('internal', 'A color map has no color at a palette position.');
  const share = Math.max(0, (position - left.position) / (right.position - left.position));
  const mix = (channel: 0 | 1 | 2): number => left.rgb[channel] + share * (right.rgb[channel] - left.rgb[channel]);
  return [mix(0), mix(1), mix(2)];
}

const invalid = (source: string, problem: string): LightboxError =>
  new LightboxError('request/invalid', `The color map '${source}' cannot be read: ${problem}.`);
