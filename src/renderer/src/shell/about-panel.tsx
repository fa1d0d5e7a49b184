import { Stack, Text } from '@mantine/core';
import type { JSX } from 'react';
import { words } from '../ui/words.ts';

export function AboutPanel(): JSX.Element {
  return (
    <Stack gap="sm">
      <Text fw={650}>{words.product}</Text>
      <Text size="sm">{words.about.text}</Text>
      <Text size="sm" fw={600}>
        {words.notADevice}
      </Text>
      <Text size="sm">{words.offline}</Text>
      <Text size="sm" className="quiet">
        {words.about.screen}
      </Text>
    </Stack>
  );
}
