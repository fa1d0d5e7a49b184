import { createTheme, type MantineColorsTuple, type MantineThemeOverride } from '@mantine/core';

/** A reading room: greys that do not outshine a film, one warm accent that is the color of evidence in the heatmaps. */
const greys: MantineColorsTuple = [
  ...(['#e9ecf0', '#b9c0c9', '#939ba6', '#6d7681', '#4a525c'] as const),
  ...(['#343941', '#262a31', '#1c1f24', '#141619', '#0c0d0f'] as const),
];

const evidence: MantineColorsTuple = [
  ...(['#fff3e0', '#fde5c3', '#fbd093', '#faba60', '#f9a83a'] as const),
  ...(['#e5901d', '#da720d', '#b35c08', '#8a4608', '#5f3007'] as const),
];

const textSizes = { xs: 11, sm: 12.5, md: 14, lg: 16, xl: 20 } as const;

/** Text as large as wished: 1 is the size of a reading room's screens. */
export function createRoomTheme(text: number): MantineThemeOverride {
  const fontSizes = Object.fromEntries(Object.entries(textSizes).map(([name, size]) => [name, `${size * text}px`]));
  return createTheme({
    colors: { dark: greys, evidence },
    primaryColor: 'evidence',
    primaryShade: { light: 7, dark: 5 },
    fontFamily: 'system-ui, "DejaVu Sans", sans-serif',
    fontSizes,
    defaultRadius: 'sm',
    autoContrast: true,
    cursorType: 'pointer',
  });
}
