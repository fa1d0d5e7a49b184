/**
 * How large what comes from outside may be, in one place. Everything beyond is refused with a sentence before it is read or unpacked.
 * docs/security.md says which test holds each of these.
 */
export const limits = {
  picture: {
    /** PNG, JPEG, TIFF and DICOM files alike. */
    fileBytes: 1_500_000_000,
    /** Of the picture as it is decoded. */
    pixels: 200_000_000,
  },
  dicom: {
    /** Milliseconds a codec may take for a frame; it runs in a thread of its own, which is ended then. */
    codecMs: 30_000,
  },
  table: {
    /** One row of a CSV file. */
    rowBytes: 1_000_000,
    columns: 5000,
  },
  manifest: { fileBytes: 4_000_000 },
  /** Composites, recipes, marks: whatever else is read as JSON. */
  json: { fileBytes: 64_000_000 },
  array: {
    npyHeaderBytes: 65_536,
    /** Of a map of the catalog, unpacked. */
    bytes: 2 ** 31 - 1,
  },
  study: {
    fileBytes: 1_000_000_000,
    /** An archive without extensions counts to 65,535. */
    entries: 60_000,
    /** All parts together, unpacked. */
    unpackedBytes: 2_000_000_000,
    /** manifest.json and marks.json. */
    documentBytes: 64_000_000,
    /** Unpacked to packed, of parts of more than `ratioFreeBytes`. */
    ratio: 250,
    ratioFreeBytes: 1_000_000,
  },
  host: {
    /** One call of the window. */
    callBytes: 2 ** 20,
    /** A request's headers. */
    headerBytes: 16_384,
    /** Milliseconds in which a request's headers must have come, and in which the whole of it must. */
    headersMs: 10_000,
    requestMs: 15_000,
    connections: 64,
  },
} as const;
