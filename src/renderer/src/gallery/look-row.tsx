import { Checkbox, Group, Slider } from '@mantine/core';
import type { JSX } from 'react';
import { RoomTabs } from '../room-tabs.tsx';
import { useRooms } from '../rooms.ts';
import { ShellButtons } from '../shell/shell-buttons.tsx';
import { words } from '../ui/words.ts';
import { sizes, useGalleryLook } from './gallery-look.ts';

/** What stands below, how the gallery looks, and what stands beside it. */
export function LookRow(): JSX.Element {
  const isGallery = useRooms(({ room }) => room === 'gallery');
  return (
    <Group gap="md" className="bar-row look-row">
      <RoomTabs />
      {isGallery && <Looks />}
      <ShellButtons />
    </Group>
  );
}

function Looks(): JSX.Element {
  const { size, captions, maps, filters, change } = useGalleryLook();
  return (
    <>
      <Checkbox
        {...{ size: 'xs', label: words.list.filters, checked: filters }}
        onChange={() => {
          change({ filters: !filters });
        }}
      />
      <Checkbox
        {...{ size: 'xs', label: words.list.captions, checked: captions }}
        onChange={() => {
          change({ captions: !captions });
        }}
      />
      <Checkbox
        {...{ size: 'xs', label: words.list.maps, checked: maps }}
        onChange={() => {
          change({ maps: !maps });
        }}
      />
      <Slider
        {...{ size: 'sm', w: 100, value: size, min: sizes.smallest, max: sizes.largest, step: sizes.step, label: null }}
        thumbLabel={words.list.size}
        onChange={(value) => {
          change({ size: value });
        }}
      />
    </>
  );
}
