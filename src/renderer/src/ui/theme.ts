import { createTheme, type MantineColorsTuple } from '@mantine/core';

/** A reading room: greys that do not outshine a film, one warm accent that is the color of evidence in the heatmaps. */
const greys: MantineColorsTuple = [
  ...(['#e9ecf0', '#b9c0c9', '#939ba6', '#6d7681', '#4a525c'] as const),
  ...(['#343941', '#262a31', '#1c1f24', '#141619', '#0c0d0f'] as const),
];

const evidence: MantineColorsTuple = [
  ...(['#fff3e0', '#fde5c3', '#fbd093', '#faba60', '#f9a83a'] as const),
  ...(['#e5901d', '#da720d', '#b35c08', '#8a4608', '#5f3007'] as const),
];

export const theme = createTheme({
  colors: { dark: greys, evidence },
  primaryColor: 'evidence',
  primaryShade: { light: 7, dark: 5 },
  fontFamily: 'system-ui, "DejaVu Sans", sans-serif',
  fontSizes: { xs: '11px', sm: '12.5px', md: '14px', lg: '16px', xl: '20px' },
  defaultRadius: 'sm',
  autoContrast: true,
});
