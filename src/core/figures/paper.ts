import { LightboxError } from '#shared/errors.ts';
import { createLook, type FigureLook, type FigureThemeName } from './figure-look.ts';
import { writeNumber } from './svg-element.ts';

/** A CSS pixel is 1/96 inch. */
const PIXELS_PER_MM = 96 / 25.4;

export const pixelsOf = (mm: number): number => mm * PIXELS_PER_MM;
export const inMm = (pixels: number): string => `${writeNumber(pixels / PIXELS_PER_MM)}mm`;

/** What the caller of a sheet may choose about its size. */
export interface PageChoice {
  /** Width on paper, such as a journal's column: text keeps its size in points at that width. For a screen when not given. */
  readonly widthMm?: number | undefined;
  /** Default: dark on a screen, print on paper. */
  readonly theme?: FigureThemeName | undefined;
}

/** The look of a sheet and the room its content has across. */
export interface Page {
  readonly look: FigureLook;
  readonly width: number;
  readonly isPaper: boolean;
}

const [NARROWEST_MM, WIDEST_MM] = [40, 500] as const;

/** @throws LightboxError `request/invalid` on a width that no column has. */
export function layOutPage({ widthMm, theme }: PageChoice, screenWidth: number): Page {
  if (widthMm === undefined) return { look: createLook(theme ?? 'dark'), width: screenWidth, isPaper: false };
  if (!(widthMm >= NARROWEST_MM && widthMm <= WIDEST_MM)) {
    const sentence = `A figure's width must be ${NARROWEST_MM} to ${WIDEST_MM} mm, not ${widthMm}.`;
    throw new LightboxError('request/invalid', sentence);
  }
  const look = createLook(theme ?? 'print', 'paper');
  return { look, width: pixelsOf(widthMm) - 2 * look.margin, isPaper: true };
}
