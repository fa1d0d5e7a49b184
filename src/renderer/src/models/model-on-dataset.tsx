import { Button, Group, Loader, Stack, Table, Text } from '@mantine/core';
import { skipToken, useQuery, useQueryClient } from '@tanstack/react-query';
import type { JSX } from 'react';
import type { ModelEvaluation, ModelView } from '#shared/contract/models.ts';
import type { Overview } from '#shared/contract/overview.ts';
import { api } from '../api/client.ts';
import { useChoices } from '../choices.ts';
import { startJob } from '../jobs/use-jobs.ts';
import { words } from '../ui/words.ts';
import { InputCheckView } from './input-check.tsx';

interface ModelOnDatasetProps {
  readonly model: ModelView;
  readonly overview: Overview;
}

/** How a model does on the dataset that is looked at, and what can be computed for it. */
export function ModelOnDataset({ model, overview }: ModelOnDatasetProps): JSX.Element | null {
  const list = useChoices((choices) => choices.list);
  const queries = useQueryClient();
  const dataset = overview.datasets.find(({ id }) => id === list?.dataset);
  if (!dataset) return null;
  const setup = overview.setups.findLast(({ kind, modelId }) => kind === 'prediction' && modelId === model.id)?.id;
  const start = (kind: 'predict' | 'attribute') => (): void => {
    void startJob(queries, { kind, dataset: dataset.id, model: model.id });
  };
  return (
    <section>
      <h3>
        {words.models.evaluation} {dataset.name}
      </h3>
      <Evaluation setup={setup} dataset={dataset.id} />
      <Group gap={6} mt={6}>
        <Button {...{ size: 'compact-xs', variant: 'default', disabled: !model.isThere }} onClick={start('predict')}>
          {words.models.predictFirst}
        </Button>
        <Button {...{ size: 'compact-xs', variant: 'default', disabled: !model.isThere }} onClick={start('attribute')}>
          {words.models.explain}
        </Button>
      </Group>
      {model.isThere && <InputCheckView model={model.id} />}
    </section>
  );
}

function Evaluation(input: { readonly setup: number | undefined; readonly dataset: number }): JSX.Element | null {
  const { setup, dataset } = input;
  const evaluation = useQuery(
    api.models.evaluate.queryOptions({ input: setup === undefined ? skipToken : { setup, dataset } }),
  );
  if (evaluation.isError) {
    return (
      <Text size="sm" className="quiet">
        {evaluation.error.message}
      </Text>
    );
  }
  if (setup === undefined) return null;
  if (!evaluation.data) return <Loader size="xs" aria-label={words.loading} />;
  return <EvaluationTable evaluation={evaluation.data} />;
}

const percent = (share: number | null | undefined): string =>
  share === null || share === undefined ? '–' : `${(100 * share).toFixed(1)}%`;

function EvaluationTable({ evaluation }: { readonly evaluation: ModelEvaluation }): JSX.Element {
  const { labels, cases, accuracy, balancedAccuracy, meanAuc, auc, sensitivity, specificity, warnings } = evaluation;
  return (
    <Stack gap={6}>
      <Text size="sm">
        {percent(accuracy)} right of {cases.toLocaleString('en')} · {percent(balancedAccuracy)} balanced
        {meanAuc === null ? '' : ` · AUC ${meanAuc.toFixed(3)}`}
      </Text>
      <Table className="counts" fz="xs" verticalSpacing={2} withRowBorders={false}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th />
            {[words.models.auc, words.models.sensitivity, words.models.specificity].map((name) => (
              <Table.Th key={name} ta="right">
                {name}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {labels.map((label, place) => (
            <Table.Tr key={label}>
              <Table.Th fw={400}>{label}</Table.Th>
              <Table.Td ta="right">{auc[place]?.toFixed(3) ?? '–'}</Table.Td>
              <Table.Td ta="right">{percent(sensitivity[place])}</Table.Td>
              <Table.Td ta="right">{percent(specificity[place])}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {warnings.map((warning) => (
        <p key={warning} className="warning">
          {warning}
        </p>
      ))}
    </Stack>
  );
}
