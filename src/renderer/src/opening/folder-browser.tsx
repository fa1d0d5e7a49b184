import { Button, Group, Loader, Stack, Text, TextInput } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState, type JSX, type ReactNode } from 'react';
import type { FolderView } from '#shared/contract/folders.ts';
import { api } from '../api/client.ts';
import { words } from '../ui/words.ts';
import './opening.css';

interface FolderBrowserProps {
  /** What else of a folder can be chosen, and the button that chooses the folder itself. */
  readonly children: (folder: FolderView) => ReactNode;
  readonly label: string;
  /** A path that was typed and is no folder may be a file. */
  readonly onPath?: ((path: string) => void) | undefined;
}

/** Folders one below the other, from the home folder on; a path can be typed as well. */
export function FolderBrowser({ children, label, onPath }: FolderBrowserProps): JSX.Element {
  const [path, setPath] = useState<string>();
  const folder = useQuery(
    api.folders.list.queryOptions({ input: { path }, placeholderData: keepPreviousData, staleTime: 0 }),
  );
  const submit = (typed: string): void => {
    if (onPath && /\.onnx$/i.test(typed)) onPath(typed);
    else setPath(typed);
  };
  return (
    <Stack gap="xs">
      <PathForm key={folder.data?.path} label={label} path={path ?? folder.data?.path ?? ''} onSubmit={submit} />
      {folder.isError && (
        <>
          <p className="fault" role="alert">
            {folder.error.message}
          </p>
          <Button
            {...{ size: 'sm', variant: 'default' }}
            onClick={() => {
              setPath(undefined);
            }}
          >
            {words.opening.home}
          </Button>
        </>
      )}
      {folder.isPending && <Loader size="xs" aria-label={words.loading} />}
      {folder.data && !folder.isError && (
        <>
          <FolderList folder={folder.data} onGo={setPath} />
          {children(folder.data)}
        </>
      )}
    </Stack>
  );
}

interface PathFormProps {
  readonly label: string;
  readonly path: string;
  readonly onSubmit: (path: string) => void;
}

function PathForm({ label, path, onSubmit }: PathFormProps): JSX.Element {
  const [typed, setTyped] = useState<string>();
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (typed !== undefined) onSubmit(typed);
      }}
    >
      <Group gap={6} wrap="nowrap">
        <TextInput
          {...{ size: 'sm', flex: 1, value: typed ?? path, spellCheck: false }}
          aria-label={label}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
          }}
        />
        <Button {...{ size: 'sm', variant: 'default', type: 'submit' }}>{words.opening.go}</Button>
      </Group>
    </form>
  );
}

interface FolderListProps {
  readonly folder: FolderView;
  readonly onGo: (path: string | undefined) => void;
}

function FolderList({ folder, onGo }: FolderListProps): JSX.Element {
  return (
    <ul className="folders" aria-label={folder.path}>
      {folder.parent !== undefined && (
        <li>
          <button
            type="button"
            onClick={() => {
              onGo(folder.parent);
            }}
          >
            ↑ {words.opening.up}
          </button>
        </li>
      )}
      {folder.folders.map(({ name, path }) => (
        <li key={path}>
          <button
            type="button"
            onClick={() => {
              onGo(path);
            }}
          >
            {name}
          </button>
        </li>
      ))}
      {folder.folders.length === 0 && (
        <li>
          <Text size="sm" className="quiet" px={8} py={4}>
            {words.opening.noFolders}
          </Text>
        </li>
      )}
    </ul>
  );
}
