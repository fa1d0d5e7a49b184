import type { JSX } from 'react';
import { boundMark } from '#shared/marks/mark-bounds.ts';
import type { SampleView } from '#shared/contract/samples.ts';
import { KeyCap } from '../explain/key-cap.tsx';
import type { MarkContent } from '../marks/history.ts';
import { lookOf } from '../marks/kind-look.ts';
import { useCase } from '../marks/session.ts';
import type { Region } from '../reading/strongest-region.ts';
import { useConceptState } from './concept-state.ts';
import { askAboutView, pickRegion } from './use-concept-actions.ts';

/** Which concepts carry this? Asked about what is dragged, what is in view, or what is marked. */
export function RegionChoices({ sample }: { readonly sample: SampleView }): JSX.Element {
  const { region, picking, change } = useConceptState();
  const { marks } = useCase(sample.id);
  return (
    <div className="region-choices" role="group" aria-label="Which concepts carry a region">
      <span>{region ? 'Ranked by what lies in the frame' : 'What carries'}</span>
      {region ? (
        <QuietButton label="Whole picture again" onClick={askAboutView} keyName="Shift+V" />
      ) : (
        <>
          <QuietButton label="a region" isPressed={picking} onClick={pickRegion} keyName="Shift+D" />
          <QuietButton label="the part in view" onClick={askAboutView} keyName="Shift+V" />
        </>
      )}
      {[...marks].map(([key, mark]) => (
        <QuietButton
          key={key}
          label={lookOf(mark.kind).name}
          onClick={() => {
            change({ region: toRegion(mark, sample), picking: false, place: 0, channel: undefined });
          }}
        />
      ))}
    </div>
  );
}

interface QuietButtonProps {
  readonly label: string;
  readonly onClick: () => void;
  readonly keyName?: string;
  readonly isPressed?: boolean;
}

function QuietButton({ label, onClick, keyName, isPressed }: QuietButtonProps): JSX.Element {
  return (
    <button type="button" className="quiet-button" aria-pressed={isPressed} onClick={onClick}>
      {label} {keyName !== undefined && <KeyCap name={keyName} />}
    </button>
  );
}

/** The box around a mark, as far as it lies on the picture. */
function toRegion({ shape }: MarkContent, { width, height }: SampleView): Region {
  const { left, top, right, bottom } = boundMark(shape);
  const clamp = (value: number, most: number): number => Math.min(most, Math.max(0, value));
  const [x, y] = [clamp(Math.floor(left), width - 1), clamp(Math.floor(top), height - 1)];
  return {
    left: x,
    top: y,
    width: Math.max(1, clamp(right, width) - x),
    height: Math.max(1, clamp(bottom, height) - y),
  };
}
