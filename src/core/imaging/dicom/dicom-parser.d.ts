/** The part of dicom-parser 1.8 that is used here; its own declarations are not a module. */
declare module 'dicom-parser' {
  namespace dicomParser {
    interface ByteArrayParser {
      readUint16: (bytes: Uint8Array, position: number) => number;
      readUint32: (bytes: Uint8Array, position: number) => number;
    }

    interface Element {
      readonly tag: string;
      readonly vr?: string;
      /** 2^32 - 1 where the file leaves it undefined. */
      readonly length: number;
      readonly dataOffset: number;
      readonly items?: readonly { readonly dataSet?: DataSet }[];
    }

    class DataSet {
      constructor(parser: ByteArrayParser, bytes: Uint8Array, elements: Record<string, Element>);
      readonly byteArray: Uint8Array;
      readonly byteArrayParser: ByteArrayParser;
      readonly elements: Record<string, Element>;
      uint16(tag: string): number | undefined;
      string(tag: string): string | undefined;
    }

    class ByteStream {
      constructor(parser: ByteArrayParser, bytes: Uint8Array, position: number);
      readonly byteArray: Uint8Array;
      readonly byteArrayParser: ByteArrayParser;
      position: number;
    }

    function parseDicom(bytes: Uint8Array): DataSet;
    const littleEndianByteArrayParser: ByteArrayParser;
    const bigEndianByteArrayParser: ByteArrayParser;
    function readDicomElementExplicit(stream: ByteStream, warnings: string[], untilTag: string): Element;
    function readDicomElementImplicit(stream: ByteStream, untilTag: string): Element;
  }

  export = dicomParser;
}
