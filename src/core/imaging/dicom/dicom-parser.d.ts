/** The part of dicom-parser 1.8 that is used here; its own declarations are not a module. */
declare module 'dicom-parser' {
  export interface ByteArrayParser {
    readUint16: (bytes: Uint8Array, position: number) => number;
    readInt16: (bytes: Uint8Array, position: number) => number;
    readUint32: (bytes: Uint8Array, position: number) => number;
  }

  export interface Element {
    readonly tag: string;
    readonly vr?: string;
    /** 2^32 - 1 where the file leaves it undefined. */
    readonly length: number;
    readonly dataOffset: number;
    readonly items?: readonly { readonly dataSet?: DataSet }[];
  }

  export interface DataSet {
    readonly byteArray: Uint8Array;
    readonly byteArrayParser: ByteArrayParser;
    readonly elements: Record<string, Element>;
    /** Of the meta header: where it ends. */
    readonly position?: number;
  }

  export interface ByteStream {
    readonly byteArray: Uint8Array;
    readonly byteArrayParser: ByteArrayParser;
    position: number;
  }

  interface DicomParser {
    readonly littleEndianByteArrayParser: ByteArrayParser;
    readonly bigEndianByteArrayParser: ByteArrayParser;
    readonly ByteStream: new (parser: ByteArrayParser, bytes: Uint8Array, position: number) => ByteStream;
    readonly DataSet: new (parser: ByteArrayParser, bytes: Uint8Array, elements: Record<string, Element>) => DataSet;
    readonly readPart10Header: (bytes: Uint8Array) => DataSet;
    readonly readDicomElementExplicit: (stream: ByteStream, warnings: string[], untilTag: string) => Element;
    readonly readDicomElementImplicit: (stream: ByteStream, untilTag: string) => Element;
  }

  const dicomParser: DicomParser;
  export = dicomParser;
}
