const BAND_YEARS = 5;
/** Few people are older; a band of their own would point at them. */
const OLDEST = 90;

const yearsPer: ReadonlyMap<string, number> = new Map([
  ['Y', 1],
  ['M', 1 / 12],
  ['W', 7 / 365.25],
  ['D', 1 / 365.25],
]);

/**
 * An age in bands of five years, `45-49` or `90+`. Reads years as a number (`45`, `45.0`) and DICOM's age string
 * (`045Y`, `006M`, `002W`, `010D`; PS3.5, 6.2). Undefined for what is no age.
 */
export function ageBand(age: string | number): string | undefined {
  const match = /^(\d{1,3}(?:\.\d+)?)\s*([YMWD]?)$/i.exec(String(age).trim());
  const years = match ? Number(match[1]) * (yearsPer.get(match[2]?.toUpperCase() || 'Y') ?? 1) : Number.NaN;
  if (Number.isNaN(years)) return undefined;
  if (years >= OLDEST) return `${OLDEST}+`;
  const from = Math.floor(years / BAND_YEARS) * BAND_YEARS;
  return `${from}-${from + BAND_YEARS - 1}`;
}
