import { Loader, Select, Stack, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type JSX } from 'react';
import type { ModelDetails, ModelView } from '#shared/contract/models.ts';
import { api } from '../api/client.ts';
import { words } from '../ui/words.ts';
import { describeRecipe } from './describe-recipe.ts';

/** What is in the model's file: input recipe, layers, the rule each composite gives them. */
export function ModelDetailsView({ model }: { readonly model: ModelView }): JSX.Element {
  const details = useQuery(api.models.describe.queryOptions({ input: { id: model.id }, staleTime: Infinity }));
  if (details.isError) {
    return (
      <p className="fault" role="alert">
        {details.error.message}
      </p>
    );
  }
  if (!details.data) return <Loader size="xs" aria-label={words.loading} />;
  const { hasManifest, opset, producer, parameterCount, notes } = details.data;
  const about = [
    ...(opset === undefined ? [] : [`ONNX opset ${opset}`]),
    ...(producer === '' ? [] : [producer]),
    `${parameterCount.toLocaleString('en')} parameters`,
  ];
  return (
    <Stack gap="md">
      <section>
        <h3>{words.models.recipe}</h3>
        {!hasManifest && <p className="warning">{words.models.assumed}</p>}
        <dl className="facts">
          {describeRecipe(details.data.recipe).map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        <Text size="xs" className="quiet">
          {about.join(' · ')}
        </Text>
        {notes.map((note) => (
          <Text key={note} size="xs" className="quiet">
            {note}
          </Text>
        ))}
      </section>
      <Layers details={details.data} />
    </Stack>
  );
}

function Layers({ details }: { readonly details: ModelDetails }): JSX.Element {
  const [composite, setComposite] = useState(details.composites[0] ?? '');
  return (
    <section>
      <h3>{words.models.layers}</h3>
      <Select
        {...{ size: 'xs', value: composite, data: details.composites, allowDeselect: false }}
        aria-label={words.selection.composite}
        onChange={(value) => {
          setComposite(value ?? '');
        }}
      />
      <Table className="layers" fz="xs" verticalSpacing={2} withRowBorders={false}>
        <Table.Tbody>
          {details.layers.map(({ name, type, channels, height, width, rules }) => (
            <Table.Tr key={name}>
              <Table.Td pl={0}>{name}</Table.Td>
              <Table.Td className="quiet">
                {type} {channels}
                {height === undefined || width === undefined ? '' : ` × ${height} × ${width}`}
              </Table.Td>
              <Table.Td pr={0}>{rules[composite]}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}
