import type { DataSet, Element } from 'dicom-parser';
import { decodeText } from './character-sets.ts';
import { tags } from './tags.ts';

/** Longer values of text are not text; window lists and identifiers stay far below. */
const LONGEST_TEXT = 65_536;
const LONGEST_TABLE = 65_536;

/** The data elements of a data set by tag. An element that is empty or reaches beyond the file counts as absent. */
export class Attributes {
  readonly #dataSet: DataSet;
  readonly #characterSet: string | undefined;

  constructor(dataSet: DataSet, characterSet?: string) {
    this.#dataSet = dataSet;
    this.#characterSet = characterSet ?? this.#text(tags.specificCharacterSet)?.split('\\', 1)[0]?.trim();
  }

  has(tag: string): boolean {
    return this.#find(tag) !== undefined;
  }

  /** The two letters of the element's type; undefined in implicit files. */
  representation(tag: string): string | undefined {
    return this.#find(tag)?.vr;
  }

  /** A single text without padding; undefined where it is blank. */
  text(tag: string): string | undefined {
    return this.#text(tag)?.trim() || undefined;
  }

  /** The values of a text of several values, blank ones included; none where it is absent. */
  texts(tag: string): readonly string[] {
    return (
      this.#text(tag)
        ?.split('\\')
        .map((value) => value.trim()) ?? []
    );
  }

  /** Values of a decimal string (DS); NaN where one is no number. */
  decimals(tag: string): readonly number[] {
    return this.texts(tag).map((value) => (value === '' ? NaN : Number(value)));
  }

  /** A positive whole number written as text (IS). */
  count(tag: string): number | undefined {
    const text = this.text(tag);
    return text !== undefined && /^\+?\d{1,9}$/.test(text) ? Number(text) : undefined;
  }

  unsigned(tag: string): number | undefined {
    return this.words(tag, 1)[0];
  }

  signed(tag: string): number | undefined {
    return Int16Array.from(this.words(tag, 1))[0];
  }

  /** The element's first bytes as 16-bit words in the file's byte order; no more than a lookup table may have. */
  words(tag: string, limit = LONGEST_TABLE): Uint16Array {
    const element = this.#find(tag);
    if (!element) return new Uint16Array(0);
    const { byteArray, byteArrayParser } = this.#dataSet;
    return new Uint16Array(Math.min(element.length >> 1, limit)).map((_, at) =>
      byteArrayParser.readUint16(byteArray, element.dataOffset + at * 2),
    );
  }

  /** The item of a sequence at this place. */
  item(tag: string, index: number): Attributes | undefined {
    const dataSet = this.#dataSet.elements[tag]?.items?.[index]?.dataSet;
    return dataSet && new Attributes(dataSet, this.#characterSet);
  }

  items(tag: string): readonly Attributes[] {
    const { length } = this.#dataSet.elements[tag]?.items ?? [];
    return Array.from({ length }, (_, index) => this.item(tag, index)).filter((item) => item !== undefined);
  }

  #find(tag: string): Element | undefined {
    const element = this.#dataSet.elements[tag];
    const isInside = element && element.dataOffset + element.length <= this.#dataSet.byteArray.length;
    return isInside && element.length > 0 ? element : undefined;
  }

  #text(tag: string): string | undefined {
    const element = this.#find(tag);
    if (!element || element.length > LONGEST_TEXT) return undefined;
    const bytes = this.#dataSet.byteArray.subarray(element.dataOffset, element.dataOffset + element.length);
    const end = bytes.indexOf(0);
    return decodeText(end < 0 ? bytes : bytes.subarray(0, end), this.#characterSet);
  }
}
