import { Checkbox, NativeSelect, Switch } from '@mantine/core';
import type { JSX } from 'react';
import type { Explaining } from '../explain/use-explaining.ts';
import { usualAugmentations } from './choose-variants.ts';
import { chooseColumns } from './columns.ts';
import { useStress } from './stress-state.ts';
import { toggleShifts } from './use-robustness-actions.ts';
import { useVariantChoices } from './use-variants.ts';

/** Which augmentations, how strong, and by which models. */
export function StressChoices({ explaining }: { readonly explaining: Explaining }): JSX.Element | null {
  const choices = useVariantChoices();
  const { augmentations, severity, change } = useStress();
  if (!choices) return null;
  const chosen = augmentations ?? usualAugmentations(choices);
  return (
    <div className="stress-choices">
      <NativeSelect
        {...{ size: 'xs', label: 'Severity', value: String(severity) }}
        data={[
          { value: '0', label: 'as usual' },
          ...[1, 2, 3, 4, 5].map((step) => ({ value: String(step), label: `${step} of 5` })),
        ]}
        onChange={({ currentTarget }) => {
          change({ severity: Number(currentTarget.value) });
          currentTarget.blur();
        }}
      />
      <ShiftsSwitch />
      <fieldset className="stress-choice">
        <legend>Augmentations</legend>
        {choices.augmentations.map(({ name, title, definition }) => (
          <Checkbox
            key={name}
            {...{ size: 'xs', label: <span title={definition}>{title}</span>, checked: chosen.includes(name) }}
            onChange={({ currentTarget: { checked } }) => {
              change({ augmentations: checked ? [...chosen, name] : chosen.filter((one) => one !== name) });
            }}
          />
        ))}
      </fieldset>
      <ModelChoice explaining={explaining} />
    </div>
  );
}

function ModelChoice({ explaining }: { readonly explaining: Explaining }): JSX.Element {
  const { models: chosen, change } = useStress();
  const shown = chooseColumns(explaining, chosen).map(({ model }) => model.id);
  return (
    <fieldset className="stress-choice">
      <legend>Models</legend>
      {explaining.models.map(({ id, name }) => (
        <Checkbox
          key={id}
          {...{ size: 'xs', label: name, checked: shown.includes(id) }}
          onChange={({ currentTarget: { checked } }) => {
            change({ models: checked ? [...shown, id] : shown.filter((one) => one !== id) });
          }}
        />
      ))}
    </fieldset>
  );
}

/** The remedy for the pattern of single pixels, said to be on wherever maps are shown. */
function ShiftsSwitch(): JSX.Element {
  const averageShifts = useStress((state) => state.averageShifts);
  return (
    <Switch
      {...{ size: 'xs', label: 'Maps: mean over one-pixel shifts', checked: averageShifts, onChange: toggleShifts }}
      description="Less checker pattern; four passes for one, and another map."
    />
  );
}
