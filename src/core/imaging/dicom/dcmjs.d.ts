/* eslint-disable no-restricted-syntax -- the shape of a package that has no types of its own; only what is used. */
declare module 'dcmjs' {
  interface DicomDictionary {
    dict: object;
    write(options?: object): ArrayBuffer;
  }
  interface Dcmjs {
    readonly data: {
      readonly DicomMetaDictionary: {
        denaturalizeDataset(dataset: object): object;
        naturalizeDataset(dict: object): Record<string, unknown>;
      };
      readonly DicomDict: new (meta: object) => DicomDictionary;
      readonly DicomMessage: { readFile(buffer: ArrayBuffer): { readonly dict: object; readonly meta: object } };
      readonly BitArray: { unpack(packed: ArrayBuffer | Uint8Array): Uint8Array };
    };
  }
  const dcmjs: Dcmjs;
  export default dcmjs;
}
