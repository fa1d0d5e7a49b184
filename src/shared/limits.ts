/**
 * How large what comes from outside may be, and how long it may take, in one place. Everything beyond is refused with a sentence before
 * it is read, unpacked or waited for. docs/security.md lists these with the tests that hold them.
 */
export const limits = {
  picture: {
    /** PNG, JPEG, TIFF and DICOM files alike. */
    fileBytes: 1_500_000_000,
    /** Of the picture as it is decoded. */
    pixels: 200_000_000,
  },
  dicom: {
    /** Of a deflated file, unpacked. */
    inflatedBytes: 600_000_000,
    /** A codec may take so long for a frame, and for each pixel of it; it runs in a thread of its own, which is ended then. */
    codecMs: 8000,
    codecMsPerPixel: 0.005,
  },
  model: {
    /** What a file may ask to be kept in memory; weights are pointed at and do not count. */
    keptBytes: 256 * 1024 * 1024,
    /** Fields and elements of lists. The largest networks read need 1/20. */
    entries: 2_000_000,
    /** One text. */
    textBytes: 16 * 1024 * 1024,
  },
  table: {
    fileBytes: 1_000_000_000,
    /** One row of a CSV file. */
    rowBytes: 1_000_000,
    columns: 5000,
  },
  /** The manifest of a model. */
  manifest: { fileBytes: 4_000_000 },
  /** How the columns of a table are read. */
  recipe: { fileBytes: 1_000_000 },
  composite: { fileBytes: 1_000_000 },
  marks: { fileBytes: 64_000_000 },
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
    headersMs: 5000,
    requestMs: 8000,
    connections: 64,
  },
} as const;
