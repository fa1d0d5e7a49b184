const MINUS = '\u2212';

/** A number short enough for a color bar: `0`, `0.25`, `-3.1`, `1.2e-3`; with a true minus sign before it. */
export function formatRelevance(value: number): string {
  if (value === 0) return '0';
  const magnitude = Math.abs(value);
  const isPlain = magnitude >= 0.01 && magnitude < 1000;
  const digits = isPlain ? Number(magnitude.toPrecision(2)).toString() : shortExponent(magnitude);
  return value < 0 ? `${MINUS}${digits}` : digits;
}

function shortExponent(magnitude: number): string {
  const [mantissa = '', exponent = ''] = magnitude.toExponential(1).replace('.0e', 'e').split('e');
  return `${mantissa}e${exponent.replace('+', '').replace('-', MINUS)}`;
}
