/** What an attribute may hold; undefined leaves it out. */
export type AttributeValue = string | number | undefined;

/**
 * One SVG element. Attribute values are escaped; content must be elements or escaped text.
 * Numbers are rounded to a hundredth, which no eye sees and which keeps output equal on every machine.
 */
export function element(name: string, attributes: Readonly<Record<string, AttributeValue>>, content = ''): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${typeof value === 'number' ? writeNumber(value) : escapeXml(value ?? '')}"`)
    .join('');
  return content === '' ? `<${name}${written}/>` : `<${name}${written}>${content}</${name}>`;
}

export const writeNumber = (value: number): string => String(Math.round(value * 100) / 100 || 0);

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text of one line that XML can hold: markup escaped, line breaks made spaces, forbidden characters replaced. */
export function escapeXml(text: string): string {
  return cleanText(text).replace(/[&<>"]/g, (character) => entities[character] ?? '');
}

// XML 1.0 forbids most control characters and U+FFFE, U+FFFF even when escaped.
// eslint-disable-next-line no-control-regex -- these characters are what is looked for.
const forbidden = /[\u0000-\u001f\u007f-\u009f\ufffe\uffff]/g;

/** The text as it can be drawn: composed accents, no line breaks, no characters that XML forbids. */
export function cleanText(text: string): string {
  return text.toWellFormed().normalize('NFC').replace(/\s/g, ' ').replace(forbidden, '\ufffd');
}

/** Text as it was before `escapeXml`. */
export const unescapeXml = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
