import { Button, Group, Kbd, Text } from '@mantine/core';
import type { JSX } from 'react';
import { markKinds } from '#shared/marks/mark-kinds.ts';
import { showKey } from '../actions/key.ts';
import { chooseKind, type MarkedPicture } from './edit-marks.ts';
import { lookOf } from './kind-look.ts';
import { atRest, clampBrush, useMarkScope } from './mark-scope.ts';
import { toolViews } from './mark-tools.ts';
import { useCase } from './session.ts';
import { switchScope } from './use-judging-actions.ts';

/** The scope's switch and, while it is on, its tools and kinds. */
export function MarkToolbar({ sample }: { readonly sample: MarkedPicture }): JSX.Element {
  const { on } = useMarkScope();
  return (
    <>
      <Group justify="space-between" gap={6}>
        <h2>Marks</h2>
        <button type="button" aria-pressed={on} onClick={switchScope}>
          {on ? 'End marking' : 'Mark'} <Kbd size="xs">G</Kbd>
        </button>
      </Group>
      {on && <Tools sample={sample} />}
      {on && <Kinds sample={sample} />}
    </>
  );
}

function Tools({ sample }: { readonly sample: MarkedPicture }): JSX.Element {
  const { tool: current, brush, change } = useMarkScope();
  const radius = brush * Math.max(sample.width, sample.height);
  return (
    <>
      <div className="tools" role="group" aria-label="Tools">
        {toolViews.map(({ tool, name, key }) => (
          <button
            key={tool}
            type="button"
            aria-pressed={tool === current}
            onClick={() => {
              change({ ...atRest, tool });
            }}
          >
            {name} <Kbd size="xs">{showKey(key)}</Kbd>
          </button>
        ))}
      </div>
      {(current === 'brush' || current === 'erase') && (
        <Group gap={6} className="brush-size">
          <Text size="xs">Brush {(2 * radius).toFixed(radius < 5 ? 1 : 0)} px wide</Text>
          {(
            [
              ['[', 0.8, 'Smaller brush'],
              [']', 1.25, 'Larger brush'],
            ] as const
          ).map(([key, factor, label]) => (
            <Button
              key={key}
              {...{ size: 'compact-xs', variant: 'default' }}
              aria-label={label}
              onClick={() => {
                change({ brush: clampBrush(brush * factor) });
              }}
            >
              {factor < 1 ? '−' : '+'} <Kbd size="xs">{key}</Kbd>
            </Button>
          ))}
        </Group>
      )}
    </>
  );
}

function Kinds({ sample }: { readonly sample: MarkedPicture }): JSX.Element {
  const { kind: current, selected } = useMarkScope();
  const { marks } = useCase(sample.id);
  const shown = marks.get(selected ?? '')?.kind ?? current;
  return (
    <div className="kinds" role="group" aria-label="Kind of mark">
      {markKinds.map(({ kind, name }, index) => (
        <button
          key={kind}
          type="button"
          aria-pressed={kind === shown}
          onClick={() => {
            chooseKind(sample, kind);
          }}
        >
          <b>{index + 1}</b>
          <i className="swatch" style={{ background: lookOf(kind).color }} />
          {name}
        </button>
      ))}
    </div>
  );
}
