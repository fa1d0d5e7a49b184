import type { Interval } from '#core/audit/index.ts';

/** Numbers as a report writes them; a dash where there is none. */
export const share = (value: number | undefined): string =>
  value === undefined || Number.isNaN(value) ? '\u2013' : value.toFixed(3);

export const percent = (value: number | undefined): string =>
  value === undefined || Number.isNaN(value) ? '\u2013' : `${(100 * value).toFixed(1)}%`;

export const signed = (value: number): string => {
  const digits = Math.abs(value).toFixed(3);
  return value < 0 && Number(digits) !== 0 ? `\u2212${digits}` : digits;
};

type Bounds = Pick<Interval, 'low' | 'high'> | null | undefined;

/** `0.923 (0.881 to 0.961)` */
export function withInterval(
  value: number | undefined,
  interval: Bounds,
  show: (value: number) => string = share,
): string {
  if (value === undefined || Number.isNaN(value)) return '\u2013';
  return interval ? `${show(value)} (${show(interval.low)} to ${show(interval.high)})` : show(value);
}
