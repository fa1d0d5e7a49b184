import { Kbd } from '@mantine/core';
import type { JSX } from 'react';
import { showKey, type KeyName } from '../actions/key.ts';

/** A key, as it is drawn on the keyboard. */
export function KeyCap({ name }: { readonly name: KeyName }): JSX.Element {
  return (
    <Kbd size="xs" mx={2}>
      {showKey(name)}
    </Kbd>
  );
}
