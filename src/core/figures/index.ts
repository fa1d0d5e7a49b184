/** Figures that are composed as SVG: charts, tables and sheets of pictures. */
export { renderConceptSheet, type ConceptSheet, type Drawing } from './concept-sheet.ts';
export { renderEvaluationFigure } from './evaluation-figure.ts';
export type { EvaluationFigureOptions } from './evaluation-figure.ts';
export type { FigureThemeName } from './figure-look.ts';
export type { Figure } from './figure.ts';
export type { FigureProvenance } from './provenance.ts';
export { renderFigurePng } from './render-png.ts';
export { renderReferenceSheet } from './reference-sheet.ts';
export type { ReferenceCell, ReferenceRow, ReferenceSheet } from './reference-sheet.ts';
export { renderSampleSheet } from './sample-sheet.ts';
export { renderSeverityFigure, type SeverityFigure, type SeverityPanel } from './severity-figure.ts';
export { saveFigure } from './save-figure.ts';
export type { SaveFigureOptions } from './save-figure.ts';
export { renderSteadinessFigure, type SteadinessFigure } from './steadiness-figure.ts';
export { renderVariantSheet, type VariantBlock, type VariantColumn, type VariantSheet } from './variant-sheet.ts';
export type { SampleSheet, SheetClass, SheetSample } from './sheet.ts';
export { renderMarkTestSheet } from './mark-test-sheet.ts';
export type { MarkTestPicture, MarkTestSheet } from './mark-test-sheet.ts';
