import { SegmentedControl, Stack, Text } from '@mantine/core';
import type { JSX } from 'react';
import { words } from '../ui/words.ts';
import { useSettings, type RoomTheme } from './settings.ts';

export function SettingsPanel(): JSX.Element {
  const { theme, text, set } = useSettings();
  return (
    <Stack gap="lg">
      <Stack gap={6}>
        <Text size="sm" id="theme-name">
          {words.settings.theme}
        </Text>
        <SegmentedControl
          {...{ size: 'sm', value: theme, fullWidth: true }}
          aria-labelledby="theme-name"
          data={Object.entries(words.settings.themes).map(([value, label]) => ({ value, label }))}
          onChange={(value) => {
            set({ theme: value as RoomTheme });
          }}
        />
        <Text size="xs" className="quiet">
          {words.settings.reading}
        </Text>
      </Stack>
      <Stack gap={6}>
        <Text size="sm" id="text-name">
          {words.settings.text}
        </Text>
        <SegmentedControl
          {...{ size: 'sm', value: String(text), fullWidth: true }}
          aria-labelledby="text-name"
          data={Object.entries(words.settings.texts).map(([value, label]) => ({ value, label }))}
          onChange={(value) => {
            set({ text: Number(value) });
          }}
        />
      </Stack>
    </Stack>
  );
}
