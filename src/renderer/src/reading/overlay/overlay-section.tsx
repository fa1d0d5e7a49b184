import { NativeSelect, NumberInput, SimpleGrid, Slider, Stack, Text } from '@mantine/core';
import type { JSX } from 'react';
import { formatRelevance } from '#shared/format-relevance.ts';
import type { RelevanceMap } from '../load-map.ts';
import { surveyMap } from './color-overlay.ts';
import { colorMapChoices, useOverlayLook, useOverlayLooks, type OverlayKey, type OverlayLook } from './overlay-look.ts';

interface OverlaySectionProps {
  readonly name: OverlayKey;
  readonly map: RelevanceMap | undefined;
}

/** How a heatmap is drawn. */
export function OverlaySection({ name, map }: OverlaySectionProps): JSX.Element {
  const look = useOverlayLook(name);
  const change = useOverlayLooks((looks) => looks.change);
  const set = (part: Partial<OverlayLook>): void => {
    change(name, part);
  };
  return (
    <Stack gap={6} component="section" aria-label="Look of the heatmap">
      <Percent
        {...{ label: 'Opacity [ ]', value: look.opacity, most: 1 }}
        onChange={(opacity) => {
          set({ opacity });
        }}
      />
      <Percent
        {...{ label: 'Weakest left out { }', value: look.threshold, most: 0.99 }}
        onChange={(threshold) => {
          set({ threshold });
        }}
      />
      <LookChoices look={look} map={map} onChange={set} />
      <Text size="xs" c="dark.2">
        {describeClamp(look, map)}
      </Text>
    </Stack>
  );
}

interface LookChoicesProps {
  readonly look: OverlayLook;
  readonly map: RelevanceMap | undefined;
  readonly onChange: (part: Partial<OverlayLook>) => void;
}

function LookChoices({ look, map, onChange }: LookChoicesProps): JSX.Element {
  const setRange = (range: OverlayLook['range']): void => {
    const { magnitude } = surveyMap(map?.values ?? new Float32Array(0));
    // A fixed scale begins at what was seen last, and stays there.
    const isBegun = range === 'fixed' && look.range !== 'fixed' && magnitude > 0;
    onChange({ range, ...(isBegun && { fixed: Number(magnitude.toPrecision(2)) }) });
  };
  const pick =
    <Name extends keyof OverlayLook>(name: Name) =>
    (value: OverlayLook[Name]): void => {
      onChange({ [name]: value });
    };
  return (
    <SimpleGrid cols={2} spacing={8} verticalSpacing={6}>
      <Pick label="Colors (C)" value={look.colorMap} options={colorMapOptions} onChange={pick('colorMap')} />
      <Pick label="Color ends" value={look.range} options={rangeOptions} onChange={setRange} />
      <Pick label="Opacity" value={look.mode} options={modeOptions} onChange={pick('mode')} />
      <Pick label="Map pixels" value={look.sampling} options={samplingOptions} onChange={pick('sampling')} />
      {look.range === 'fixed' && (
        <NumberInput
          {...{ size: 'xs', label: 'Ends at', min: 0, value: look.fixed, hideControls: true }}
          onKeyDown={({ key, currentTarget }) => {
            if (key === 'Enter') currentTarget.blur();
          }}
          onChange={(fixed) => {
            if (typeof fixed === 'number' && fixed > 0) onChange({ fixed });
          }}
        />
      )}
    </SimpleGrid>
  );
}

const colorMapOptions = colorMapChoices.map((name) => [name, name === 'automatic' ? 'Automatic' : name] as const);
const rangeOptions = [
  ['picture', 'This map'],
  ['case', 'All maps shown'],
  ['fixed', 'Fixed value'],
] as const;
const modeOptions = [
  ['by-strength', 'Follows strength'],
  ['constant', 'Constant'],
] as const;
const samplingOptions = [
  ['automatic', 'Automatic'],
  ['smooth', 'Smooth'],
  ['pixelated', 'Squares'],
] as const;

/** What becomes of values that the colors do not reach. */
function describeClamp({ range, fixed }: OverlayLook, map: RelevanceMap | undefined): string {
  const missing = 'NaN is see-through.';
  if (range !== 'fixed' || !map) return missing;
  const beyond = map.values.reduce((count, value) => count + (Math.abs(value) > fixed ? 1 : 0), 0);
  return `Values beyond ±${formatRelevance(fixed)} take the end's color (${beyond} of ${map.values.length} here). ${missing}`;
}

interface PercentProps {
  readonly label: string;
  readonly value: number;
  readonly most: number;
  readonly onChange: (value: number) => void;
}

function Percent({ label, value, most, onChange }: PercentProps): JSX.Element {
  return (
    <div>
      <Text size="xs">
        {label} <span className="figure">{Math.round(100 * value)} %</span>
      </Text>
      <Slider {...{ size: 'xs', min: 0, max: most, step: 0.01, value, onChange, label: null }} thumbLabel={label} />
    </div>
  );
}

interface PickProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly (readonly [Value, string])[];
  readonly onChange: (value: Value) => void;
}

function Pick<Value extends string>({ label, value, options, onChange }: PickProps<Value>): JSX.Element {
  return (
    <NativeSelect
      {...{ size: 'xs', label, value }}
      data={options.map(([option, words]) => ({ value: option, label: words }))}
      onChange={({ currentTarget }) => {
        onChange(currentTarget.value as Value);
        currentTarget.blur();
      }}
    />
  );
}
