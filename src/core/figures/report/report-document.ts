import type { Figure } from '../figure.ts';

export interface ReportTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Parts of the width by column; evenly when not given. */
  readonly shares?: readonly number[];
}

/** A part of a report, from the top of a page down. */
export type ReportBlock =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'table'; readonly table: ReportTable; readonly caption: string }
  | { readonly kind: 'figure'; readonly figure: Figure; readonly caption: string };

export interface ReportSection {
  readonly title: string;
  readonly blocks: readonly ReportBlock[];
}

/** A report before it is a page or a web page. */
export interface ReportDocument {
  readonly title: string;
  readonly subtitle: string;
  /** At the foot of every page. */
  readonly footer: string;
  readonly sections: readonly ReportSection[];
  /** ISO 8601. */
  readonly created: string;
  /** Written into the files: what it was made from. */
  readonly record: string;
}

/** Figures of a report are made for this width. */
export const REPORT_WIDTH_MM = 170;

export const text = (value: string): ReportBlock => ({ kind: 'text', text: value });
export const heading = (value: string): ReportBlock => ({ kind: 'heading', text: value });
export const list = (items: readonly string[]): ReportBlock => ({ kind: 'list', items });
export const table = (caption: string, value: ReportTable): ReportBlock => ({ kind: 'table', table: value, caption });
