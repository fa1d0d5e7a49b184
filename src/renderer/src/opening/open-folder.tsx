import { Button, Text } from '@mantine/core';
import type { JSX } from 'react';
import { bridge } from '../desktop/bridge.ts';
import { words } from '../ui/words.ts';
import { FolderBrowser } from './folder-browser.tsx';
import { ImportPlan } from './import-plan.tsx';
import { useOpening } from './opening-state.ts';

/** From a folder to a dataset: choose, see what it was taken for, import. */
export function OpenFolder(): JSX.Element {
  const { folder, look } = useOpening();
  if (folder !== undefined) return <ImportPlan folder={folder} />;
  return (
    <FolderBrowser label={words.opening.path}>
      {({ path, pictures }) => (
        <>
          {pictures > 0 && <Text size="sm">{words.opening.pictures(pictures)}</Text>}
          {bridge && (
            <Button variant="default" onClick={() => void bridge?.request({ kind: 'choose-folder' })}>
              {words.desktop.choose}
            </Button>
          )}
          <Button
            onClick={() => {
              look(path);
            }}
          >
            {words.opening.look}
          </Button>
        </>
      )}
    </FolderBrowser>
  );
}
