/** The part of the Cornerstone codecs (Emscripten builds of CharLS, OpenJPEG, OpenJPH) that is used; they bring no types. */
interface PixelDecoder {
  /** Room for the compressed bytes, inside the codec's memory. */
  getEncodedBuffer: (length: number) => Uint8Array;
  decode: () => void;
  /** The pixels, inside the codec's memory: to be copied before anything else is asked of it. */
  getDecodedBuffer: () => Uint8Array;
  getFrameInfo: () => { width: number; height: number; bitsPerSample: number; componentCount: number };
  delete: () => void;
}

interface CodecModule {
  readonly HEAPU8: Uint8Array;
  /** The message of an exception that was thrown as a number. */
  readonly getExceptionMessage?: (exception: number) => string;
}

interface CodecSettings {
  /** What would go to standard output. */
  print: (line: string) => void;
  printErr: (line: string) => void;
}

declare module '@cornerstonejs/codec-charls/decodewasmjs' {
  const create: (settings: CodecSettings) => Promise<CodecModule & { JpegLSDecoder: new () => PixelDecoder }>;
  export = create;
}

declare module '@cornerstonejs/codec-openjpeg/decodewasmjs' {
  const create: (settings: CodecSettings) => Promise<CodecModule & { J2KDecoder: new () => PixelDecoder }>;
  export = create;
}

declare module '@cornerstonejs/codec-openjph/wasmjs' {
  const create: (
    settings: CodecSettings,
  ) => Promise<CodecModule & { HTJ2KDecoder: new () => PixelDecoder; HTJ2KEncoder: new () => PixelEncoder }>;
  export = create;
}

/** Encoders, for tests. */
interface PixelEncoder {
  /** Room for the pixels. */
  getDecodedBuffer: (shape: {
    width: number;
    height: number;
    bitsPerSample: number;
    componentCount: number;
    isSigned: boolean;
    isUsingColorTransform: boolean;
  }) => Uint8Array;
  setQuality: (isLossless: boolean, step: number) => void;
  setNearLossless: (error: number) => void;
  setInterleaveMode: (mode: number) => void;
  encode: () => void;
  getEncodedBuffer: () => Uint8Array;
  delete: () => void;
}

declare module '@cornerstonejs/codec-charls/wasmjs' {
  const create: (settings: CodecSettings) => Promise<{ JpegLSEncoder: new () => PixelEncoder }>;
  export = create;
}

declare module '@cornerstonejs/codec-openjpeg/wasmjs' {
  const create: (settings: CodecSettings) => Promise<{ J2KEncoder: new () => PixelEncoder }>;
  export = create;
}
