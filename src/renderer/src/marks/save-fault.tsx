import { Button, Group } from '@mantine/core';
import { useEffect, type JSX } from 'react';
import { useMarkSession } from './session.ts';

/** What could not be saved, and what to do about it. */
export function SaveFault({ sample }: { readonly sample: number }): JSX.Element {
  const { fault, waiting, notes, retry, discard } = useMarkSession((session) => session);
  useEffect(() => {
    if (waiting.length === 0) return undefined;
    const warn = (event: BeforeUnloadEvent): void => {
      event.preventDefault();
    };
    window.addEventListener('beforeunload', warn);
    return () => {
      window.removeEventListener('beforeunload', warn);
    };
  }, [waiting.length]);
  const changes = waiting.length === 1 ? 'One change is' : `${waiting.length} changes are`;
  return (
    <div role="alert">
      {fault !== undefined && (
        <div className="save-fault">
          <p className="fault">
            {changes} not saved. {fault}
          </p>
          <Group gap={6}>
            <Button size="compact-xs" variant="default" onClick={retry}>
              Retry
            </Button>
            <Button size="compact-xs" variant="default" onClick={discard}>
              Give up these changes
            </Button>
          </Group>
        </div>
      )}
      {notes.get(sample)?.map((sentence) => (
        <p key={sentence} className="fault">
          {sentence}
        </p>
      ))}
    </div>
  );
}
