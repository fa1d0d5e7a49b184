const readable = /\.(png|jpe?g|tiff?)$/i;
const dicom = /\.(dcm|dicom|ima)$/i;
const unsupported = /\.(bmp|gif|webp|heic|heif|avif|jp2|j2k|svg)$/i;

/** A picture that can be shown, by its name: looking into every file would take minutes. */
export const isPictureName = (name: string): boolean => readable.test(name);

export const isDicomName = (name: string): boolean => dicom.test(name);

/** A picture in a format that is not read. */
export const isUnsupportedPicture = (name: string): boolean => unsupported.test(name);

/** `ISIC_1.jpg` -> `ISIC_1`; other dots belong to the name (`1.2.840.113`). */
export const pictureStem = (name: string): string => name.replace(readable, '').replace(dicom, '');

/** A picture in one of the formats that are read, DICOM included. */
export const isPictureFile = (name: string): boolean => isPictureName(name) || isDicomName(name);

/** Lossless before JPEG before DICOM. */
const preference: readonly RegExp[] = [/\.png$/i, /\.tiff?$/i, /\.jpe?g$/i];

/** Of several files of one picture those in the best format; several only where they share it. */
export function preferFormats(names: readonly string[]): readonly string[] {
  if (names.length < 2) return names;
  const best = preference.map((format) => names.filter((name) => format.test(name))).find(({ length }) => length > 0);
  return best ?? names;
}
