import { Group, MultiSelect, NumberInput, Select, Stack, Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import type { Overview } from '#shared/contract/overview.ts';
import { api } from '../api/client.ts';
import { useSelection } from '../gallery/selection.ts';
import { useFigureState } from './figure-state.ts';
import { figureWords as words } from './figure-words.ts';

/** What the figure shows and how; every change makes it anew. */
export function FigureChoices({ overview }: { readonly overview: Overview }): JSX.Element {
  const kind = useFigureState((state) => state.look.kind);
  return (
    <Stack gap={8}>
      <LookSelect field="kind" label={words.kind} options={words.kinds} />
      {kind !== 'samples' && <MapChoices overview={overview} />}
      <LayoutChoices />
    </Stack>
  );
}

function MapChoices({ overview }: { readonly overview: Overview }): JSX.Element {
  const models = useQuery(api.models.list.queryOptions());
  const { look, models: chosen, usesSelection, change, set } = useFigureState();
  const selected = useSelection((selection) => selection.ids.size);
  const usual = look.kind === 'composites' ? words.allComposites : words.usualComposite;
  return (
    <>
      <MultiSelect
        {...{ size: 'xs', label: words.models, placeholder: chosen?.length ? '' : words.noModel, maxValues: 6 }}
        value={(chosen ?? []).map(String)}
        data={(models.data ?? [])
          .filter(({ isThere }) => isThere)
          .map(({ id, name }) => ({ value: String(id), label: name }))}
        onChange={(values) => {
          set({ models: values.length === 0 ? undefined : values.map(Number) });
        }}
      />
      {selected > 0 && (
        <Switch
          {...{ size: 'xs', label: words.selected(selected), checked: usesSelection }}
          onChange={(event) => {
            set({ usesSelection: event.currentTarget.checked });
          }}
        />
      )}
      <MultiSelect
        {...{ size: 'xs', label: words.composites, placeholder: look.composites?.length ? '' : usual }}
        {...{ value: look.composites ?? [], data: overview.composites, maxValues: look.kind === 'concepts' ? 1 : 7 }}
        onChange={(composites) => {
          change({ composites: composites.length === 0 ? undefined : composites });
        }}
      />
      <Group gap={8} grow>
        <LookSelect field="scale" label={words.scale} options={words.scales} />
        <LookSelect field="show" label={words.show} options={words.shows} />
      </Group>
      <Switch
        {...{ size: 'xs', label: words.casesDown, checked: look.casesDown }}
        onChange={(event) => {
          change({ casesDown: event.currentTarget.checked });
        }}
      />
    </>
  );
}

function LayoutChoices(): JSX.Element {
  const { look, change } = useFigureState();
  return (
    <>
      <Group gap={8} grow>
        <NumberInput
          {...{
            size: 'xs',
            label: words.width,
            placeholder: words.screen,
            value: look.widthMm ?? '',
            min: 40,
            max: 500,
          }}
          onBlur={(event) => {
            const width = Number(event.currentTarget.value);
            change({ widthMm: width >= 40 && width <= 500 ? width : undefined });
          }}
        />
        <LookSelect field="theme" label={words.theme} options={words.themes} />
      </Group>
      <Group gap={8} grow>
        <LookNumber field="perClass" label={words.perClass} most={12} />
        <LookNumber field="panelsAcross" label={words.panelsAcross} most={3} />
        <NumberInput
          {...{ size: 'xs', label: words.threshold, value: 100 * look.threshold, min: 0, max: 100 }}
          clampBehavior="strict"
          onChange={(value) => {
            change({ threshold: typeof value === 'number' ? value / 100 : 0 });
          }}
        />
      </Group>
    </>
  );
}

interface LookNumberProps {
  readonly field: 'perClass' | 'panelsAcross';
  readonly label: string;
  readonly most: number;
}

function LookNumber({ field, label, most }: LookNumberProps): JSX.Element {
  const { look, change } = useFigureState();
  return (
    <NumberInput
      {...{ size: 'xs', label, value: look[field], min: 1, max: most, clampBehavior: 'strict' }}
      onChange={(value) => {
        change({ [field]: typeof value === 'number' ? value : 1 });
      }}
    />
  );
}

type Named = 'kind' | 'theme' | 'scale' | 'show';

interface LookSelectProps {
  readonly field: Named;
  readonly label: string;
  readonly options: Readonly<Record<string, string>>;
}

function LookSelect({ field, label, options }: LookSelectProps): JSX.Element {
  const { look, change } = useFigureState();
  return (
    <Select
      {...{ size: 'xs', label, value: look[field], allowDeselect: false }}
      data={Object.entries(options).map(([value, name]) => ({ value, label: name }))}
      onChange={(value) => {
        if (value !== null) change({ [field]: value });
      }}
    />
  );
}
