import { Button, Group, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { JSX } from 'react';
import { api } from '../api/client.ts';
import { NoteField } from '../marks/note-field.tsx';
import { useReader } from '../marks/use-reader.ts';
import { auditWords as words } from './audit-words.ts';
import { changeFinding } from './edit-findings.ts';

/** Takes a test for established, with what is to be said of it; what is said is kept as it is written. */
export function AcceptFinding({ audit, dataset }: { readonly audit: number; readonly dataset: number }): JSX.Element {
  const findings = useQuery(api.audit.findings.list.queryOptions({ input: { dataset } }));
  const { name: author } = useReader().reader;
  const queries = useQueryClient();
  const known = findings.data?.find((finding) => finding.audit === audit);
  const before = known && { author: known.author, comment: known.comment };
  if (!known) {
    return (
      <Button
        {...{ size: 'xs', w: 'fit-content', variant: 'default', disabled: !findings.isSuccess }}
        onClick={() => void changeFinding(queries, { audit, before, after: { author, comment: '' } })}
      >
        {words.accept}
      </Button>
    );
  }
  return (
    <div className="accepted" data-testid="accepted">
      <Group justify="space-between" gap="xs">
        <Text size="sm" fw={600}>
          {words.accepted} · {known.author}
        </Text>
        <Button
          {...{ size: 'compact-xs', variant: 'default' }}
          onClick={() => void changeFinding(queries, { audit, before, after: undefined })}
        >
          {words.takeBack}
        </Button>
      </Group>
      <NoteField
        key={audit}
        label={words.comment}
        value={known.comment}
        onWrite={(comment) => {
          if (comment !== known.comment) void changeFinding(queries, { audit, before, after: { author, comment } });
        }}
      />
    </div>
  );
}
