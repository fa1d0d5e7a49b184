import { readFileSync } from 'node:fs';
import { fontFamily, fontFiles } from './fonts.ts';
import { subsetFont } from './subset-font.ts';
import { unescapeXml } from './svg-element.ts';

/** Style rules that carry the fonts of a document's text: the characters it has, and no others. */
export function writeFontFaces(markup: string): string {
  const characters = new Set(unescapeXml(markup));
  return Object.entries(fontFiles)
    .map(([weight, file]) => {
      const data = subsetFont(readFileSync(file), characters).toString('base64');
      return `@font-face{font-family:"${fontFamily}";font-weight:${weight};src:url(data:font/woff;base64,${data}) format("woff")}`;
    })
    .join('\n');
}

/** An SVG that brings its fonts along. */
export function embedFonts(svg: string): string {
  const texts = [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, content = '']) => content);
  return svg.replace('</metadata>', () => `</metadata>\n<style>${writeFontFaces(texts.join(''))}</style>`);
}
