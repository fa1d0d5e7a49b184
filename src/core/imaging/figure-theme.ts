import type { Color } from './canvas.ts';

/** Colors and measures of every figure: a dark reading room, with text that does not outshine the picture. */
export const figureTheme = {
  ground: [20, 22, 26] as Color,
  /** Frame about pictures and color bars. */
  hairline: [52, 57, 65] as Color,
  title: [233, 236, 240] as Color,
  text: [176, 183, 192] as Color,
  quiet: [122, 130, 140] as Color,
  /** Grey on which a translucent color bar is shown, as if it lay over soft tissue. */
  tissue: [96, 96, 96] as Color,
  margin: 28,
  gap: 20,
  sectionGap: 16,
  headingGap: 3,
  barGap: 10,
  /** The explained class. */
  classSize: 16,
  /** Text has at least this width, however narrow the picture. */
  narrowestText: 420,
  textSize: 10,
  smallSize: 9,
} as const;
