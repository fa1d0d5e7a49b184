import type { StreamShape } from './raw-frame.ts';

/** What the main header of a JPEG 2000 codestream says (ITU-T T.800 annex A). */
export interface Jpeg2000Header extends StreamShape {
  /** A color transform was applied, which the decoder undoes: what comes out is RGB. */
  readonly hasColorTransform: boolean;
}

const [STREAM_START, SIZE, CODING_STYLE, TILE_START, DATA_START, STREAM_END] = [
  0xff4f, 0xff51, 0xff52, 0xff90, 0xff93, 0xffd9,
];

/** "jp2c" */
const CODESTREAM_BOX = 0x6a70_3263;

/**
 * Read the main header and follow the tile-parts to the end of the stream.
 * Throws where the stream is cut off: some decoders fill in what is missing without a word.
 */
export function readJpeg2000Header(bytes: Uint8Array): Jpeg2000Header {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    if (view.getUint16(0) !== STREAM_START || view.getUint16(2) !== SIZE) {
      throw new Error('its JPEG 2000 data do not begin as JPEG 2000');
    }
    return { ...readSize(view), hasColorTransform: readSegments(view) };
  } catch (cause) {
    if (cause instanceof RangeError) throw new Error('its JPEG 2000 data are cut off', { cause });
    throw cause;
  }
}

const [BOX_HEADER, LONG_BOX_HEADER] = [8, 16];

/** Some writers wrap the codestream in a JP2 file (annex I), which DICOM does not provide for: the bytes inside. */
export function unwrapJpeg2000(bytes: Uint8Array): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  while (at + LONG_BOX_HEADER <= bytes.length && view.getUint16(at) !== STREAM_START) {
    const [stated, name] = [view.getUint32(at), view.getUint32(at + 4)];
    const header = stated === 1 ? LONG_BOX_HEADER : BOX_HEADER;
    const length = stated === 1 ? Number(view.getBigUint64(at + BOX_HEADER)) : stated;
    if (name === CODESTREAM_BOX) return bytes.subarray(at + header, length === 0 ? bytes.length : at + length);
    if (length < header) break;
    at += length;
  }
  return bytes;
}

/** The SIZ segment; components that differ in depth or resolution are not read. */
function readSize(view: DataView): StreamShape {
  const components = view.getUint16(40);
  const first = view.getUint8(42);
  for (let at = 42; at < 42 + components * 3; at += 3) {
    const isAlike = view.getUint8(at) === first && view.getUint8(at + 1) === 1 && view.getUint8(at + 2) === 1;
    if (!isAlike) throw new Error('its JPEG 2000 components differ from one another');
  }
  return {
    width: view.getUint32(8) - view.getUint32(16),
    height: view.getUint32(12) - view.getUint32(20),
    components,
    precision: (first & 127) + 1,
  };
}

/** Walks over all segments; returns whether the coding style asks for the color transform. */
function readSegments(view: DataView): boolean {
  let hasColorTransform = false;
  let at = 2;
  for (let marker = view.getUint16(at); marker !== STREAM_END; marker = view.getUint16(at)) {
    if (marker === CODING_STYLE) hasColorTransform = view.getUint8(at + 8) === 1;
    const length = marker === TILE_START ? view.getUint32(at + 6) : 2 + view.getUint16(at + 2);
    // A last tile-part may leave its length open: it reaches to the end of the stream.
    if (marker === TILE_START && length === 0) return hasColorTransform;
    if (length < 4 || marker < 0xff00 || marker === DATA_START) throw new Error('its JPEG 2000 data are damaged');
    at += length;
  }
  return hasColorTransform;
}
