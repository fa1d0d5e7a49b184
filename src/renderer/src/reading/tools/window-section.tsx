import { NativeSelect, Stack, Text } from '@mantine/core';
import type { JSX } from 'react';
import type { Film } from '../film/load-picture.ts';
import { describeWindow } from '../film/window-presets.ts';
import { resolveWindow, useWindow } from '../film/window-state.ts';
import type { Sampling } from '../overlay/overlay-look.ts';
import { useView } from '../view-state.ts';

interface WindowSectionProps {
  readonly film: Film;
}

/** How the picture's values become grey. */
export function WindowSection({ film }: WindowSectionProps): JSX.Element {
  // Not the own window itself, which changes with every frame while it is dragged.
  const active = useWindow((window) => resolveWindow(window, film.presets, film.scale).id);
  const choose = useWindow((window) => window.choose);
  const sampling = useView((view) => view.sampling);
  const change = useView((view) => view.change);
  const { presets, facts } = film;
  const options = [
    { value: 'automatic', label: `${presets.automatic.title} (Alt 0)` },
    ...presets.listed.map(({ id, title }, index) => ({
      value: id,
      label: `${title}${index < 9 ? ` (Alt ${index + 1})` : ''}`,
    })),
    ...(active === 'own' ? [{ value: 'own', label: 'Own window' }] : []),
  ];
  return (
    <Stack gap={4} component="section" aria-label="Window">
      <NativeSelect
        {...{ size: 'xs', label: 'Window', data: options, value: active }}
        onChange={({ currentTarget }) => {
          choose(currentTarget.value);
          currentTarget.blur();
        }}
      />
      <Text size="xs" c="dark.2">
        <ActiveWindow film={film} />
        {facts.grey?.isInverted && ' · low values white (MONOCHROME1)'}. Drag with W: right widens, down darkens. Ctrl
        and drag: window of a region.
      </Text>
      <NativeSelect
        {...{ size: 'xs', label: 'Picture pixels', value: sampling }}
        data={[
          { value: 'automatic', label: 'Smooth, squares beyond 2×' },
          { value: 'smooth', label: 'Smooth' },
          { value: 'pixelated', label: 'Squares' },
        ]}
        onChange={({ currentTarget }) => {
          change({ sampling: currentTarget.value as Sampling });
          currentTarget.blur();
        }}
      />
      {facts.warnings.map((warning) => (
        <Text key={warning} size="xs" c="dark.2">
          {warning}
        </Text>
      ))}
    </Stack>
  );
}

function ActiveWindow({ film }: WindowSectionProps): string {
  const { window } = resolveWindow(useWindow(), film.presets, film.scale);
  return describeWindow(window, film.facts.grey?.unit);
}
