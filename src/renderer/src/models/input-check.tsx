import { Button, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { JSX } from 'react';
import { client } from '../api/client.ts';
import { useChoices } from '../choices.ts';
import { useSelection } from '../gallery/selection.ts';
import { words } from '../ui/words.ts';

/** The range a picture ends up in before the model sees it: where that is odd, everything behind it is. */
export function InputCheckView({ model }: { readonly model: number }): JSX.Element {
  const list = useChoices((choices) => choices.list);
  const check = useMutation({
    mutationFn: async () => {
      if (!list) throw new Error(words.list.none);
      const { primary } = useSelection.getState();
      const [sample] = await client.samples.ids({ list, from: primary, to: primary + 1 });
      if (sample === undefined) throw new Error(words.list.none);
      return client.models.checkInput({ model, sample });
    },
  });
  const show = (value: number): string => value.toFixed(2);
  return (
    <Stack gap={4} mt={8} align="flex-start">
      <Button
        {...{ size: 'compact-xs', variant: 'default', loading: check.isPending }}
        onClick={() => {
          check.mutate();
        }}
      >
        {words.models.check}
      </Button>
      {check.isError && (
        <p className="fault" role="alert">
          {check.error.message}
        </p>
      )}
      {check.data && (
        <>
          <Text size="sm">
            {show(check.data.min)} to {show(check.data.max)}, mean {show(check.data.mean)}; black to white would be{' '}
            {show(check.data.black)} to {show(check.data.white)}.
          </Text>
          {check.data.warnings.map((warning) => (
            <p key={warning} className="warning">
              {warning}
            </p>
          ))}
          {check.data.warnings.length === 0 && <Text size="sm">{words.models.inputOk}</Text>}
        </>
      )}
    </Stack>
  );
}
