import { Stack, Text } from '@mantine/core';
import { useState, type JSX } from 'react';
import type { ModelView } from '#shared/contract/models.ts';
import type { Overview } from '#shared/contract/overview.ts';
import { useModels } from './use-models.ts';
import { words } from '../ui/words.ts';
import { AddModel } from './add-model.tsx';
import { ModelDetailsView } from './model-details.tsx';
import { ModelOnDataset } from './model-on-dataset.tsx';
import './models.css';

/** Every model of the catalog: what it eats, how it is built, how it does. */
export function ModelsPanel({ overview }: { readonly overview: Overview }): JSX.Element {
  const models = useModels();
  const [chosen, setChosen] = useState<number>();
  const list = models.data ?? [];
  return (
    <Stack gap="md">
      {models.isError && <p className="fault">{models.error.message}</p>}
      {models.isSuccess && list.length === 0 && (
        <Text size="sm">
          {words.models.none} <span className="quiet">{words.models.noneAdvice}</span>
        </Text>
      )}
      <ul className="models">
        {list.map((model) => (
          <li key={model.id}>
            <button
              type="button"
              aria-expanded={chosen === model.id}
              onClick={() => {
                setChosen(chosen === model.id ? undefined : model.id);
              }}
            >
              <strong>{model.name}</strong>
              <span className="quiet">{describePlace(model)}</span>
            </button>
            {chosen === model.id && <ChosenModel model={model} overview={overview} />}
          </li>
        ))}
      </ul>
      <AddModel onAdded={setChosen} />
    </Stack>
  );
}

function describePlace({ path, isThere }: ModelView): string {
  if (path === undefined) return words.models.noPath;
  return isThere ? path : `${path} · ${words.models.missing}`;
}

function ChosenModel({ model, overview }: { readonly model: ModelView; readonly overview: Overview }): JSX.Element {
  return (
    <Stack gap="md" className="model">
      <section>
        <h3>{words.models.labels}</h3>
        <Text size="sm">{model.labels.join(' · ')}</Text>
      </section>
      <ModelOnDataset model={model} overview={overview} />
      {model.isThere && <ModelDetailsView model={model} />}
    </Stack>
  );
}
