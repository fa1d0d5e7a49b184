/** A number as one reads it, with a true minus sign; a dash where there is none. */
export function showNumber(value: number | null | undefined, digits = 2): string {
  if (value === null || value === undefined || Number.isNaN(value)) return '–';
  if (!Number.isFinite(value)) return value < 0 ? '−∞' : '∞';
  return `${value < 0 ? '−' : ''}${Math.abs(value).toFixed(digits)}`;
}

/** With a sign in front of what is above zero, too. */
export const showSigned = (value: number | null | undefined, digits = 2): string =>
  value !== null && value !== undefined && value > 0 ? `+${showNumber(value, digits)}` : showNumber(value, digits);

export const showPercent = (share: number | null | undefined, digits = 1): string =>
  share === null || share === undefined ? '–' : `${showNumber(100 * share, digits)} %`;

interface Span {
  readonly low: number | null;
  readonly high: number | null;
}

/** `−0.12 to 0.30`; nothing where there is none. */
export const showSpan = (span: Span | null | undefined, show: (value: number | null) => string = showNumber): string =>
  span ? `${show(span.low)} to ${show(span.high)}` : '';

/** A probability of chance. */
export const showChance = (p: number | null | undefined): string =>
  p === null || p === undefined ? '–' : p < 0.001 ? '< 0.001' : p.toFixed(3);
