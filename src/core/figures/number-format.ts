import type { Interval } from '#core/audit/index.ts';

/** Three decimals; what is not quite 0 or 1 is not shown as 0 or 1. */
export function formatShare(value: number | undefined): string {
  if (value === undefined) return '\u2013';
  const isEnd = (text: string): boolean => Number(text) === 0 || Number(text) === 1;
  if (value === 0 || value === 1 || !isEnd(value.toFixed(3))) return value.toFixed(3);
  if (!isEnd(value.toFixed(4))) return value.toFixed(4);
  return value < 0.5 ? '<0.0001' : '>0.9999';
}

/** ` (0.989–1.000)`; empty without an interval. */
export const formatInterval = (interval: Pick<Interval, 'low' | 'high'> | undefined): string =>
  interval === undefined ? '' : ` (${formatShare(interval.low)}\u2013${formatShare(interval.high)})`;

/** Whole percent; what is not quite none or all is not shown as 0 or 100. */
export function formatPercent(share: number): string {
  const percent = Math.round(share * 100);
  if (percent === 0 && share > 0) return '<1%';
  if (percent === 100 && share < 1) return '>99%';
  return `${percent}%`;
}

export const formatCount = (count: number): string => count.toLocaleString('en');

/** `1 case`, `6,788 cases` */
export const countOf = (count: number, one: string, many = `${one}s`): string =>
  `${formatCount(count)} ${count === 1 ? one : many}`;
