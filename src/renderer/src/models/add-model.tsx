import { Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type JSX } from 'react';
import { api, client } from '../api/client.ts';
import { FolderBrowser } from '../opening/folder-browser.tsx';
import { words } from '../ui/words.ts';

/** A model by its path, typed or found in the folders. It is opened once, so that one that cannot run is told of at once. */
export function AddModel({ onAdded }: { readonly onAdded: (id: number) => void }): JSX.Element {
  const [isChoosing, setChoosing] = useState(false);
  const queries = useQueryClient();
  const adding = useMutation({
    mutationFn: (path: string) => client.models.add({ path }),
    onSuccess: async ({ id }) => {
      setChoosing(false);
      await queries.invalidateQueries({ queryKey: api.models.key() });
      onAdded(id);
    },
  });
  if (isChoosing) {
    return (
      <ModelChoice
        {...{ onChoose: adding.mutate, isAdding: adding.isPending, fault: adding.error?.message }}
        onClose={() => {
          setChoosing(false);
        }}
      />
    );
  }
  return (
    <Group>
      <Button
        {...{ size: 'xs', variant: 'default' }}
        onClick={() => {
          adding.reset();
          setChoosing(true);
        }}
      >
        {words.models.add}
      </Button>
    </Group>
  );
}

interface ModelChoiceProps {
  readonly onChoose: (path: string) => void;
  readonly isAdding: boolean;
  readonly fault: string | undefined;
  readonly onClose: () => void;
}

function ModelChoice({ onChoose, isAdding, fault, onClose }: ModelChoiceProps): JSX.Element {
  return (
    <Stack gap="xs" component="section" aria-label={words.models.add}>
      <FolderBrowser label={words.models.path} onPath={onChoose}>
        {({ models }) =>
          models.map(({ name, path }) => (
            <Button
              key={path}
              {...{ size: 'xs', variant: 'default', disabled: isAdding }}
              onClick={() => {
                onChoose(path);
              }}
            >
              {name}
            </Button>
          ))
        }
      </FolderBrowser>
      {isAdding && <Text size="sm">{words.models.adding}</Text>}
      {fault !== undefined && (
        <p className="fault" role="alert">
          {fault}
        </p>
      )}
      <Group>
        <Button {...{ size: 'xs', variant: 'subtle', color: 'gray' }} onClick={onClose}>
          {words.close}
        </Button>
      </Group>
    </Stack>
  );
}
