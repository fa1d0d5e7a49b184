import type { JSX } from 'react';
import { useStress } from '../robustness/stress-state.ts';
import { VariantStrip } from '../robustness/variant-strip.tsx';
import { useView } from '../reading/view-state.ts';
import { FieldFrame } from '../concepts/field-frame.tsx';
import type { LayoutProps } from './layout-props.ts';
import { nameEvidence, nameTarget } from './target-name.ts';
import { Viewport } from './viewport.tsx';

/** The picture | the picture with its heatmap, and where wanted variants of it below. */
export function ExplainLayout(props: LayoutProps): JSX.Element {
  const strip = useStress((state) => state.strip);
  const hidden = useView((view) => view.hidden);
  if (!strip || hidden) return <SideBySide {...props} />;
  return (
    <div className="with-strip">
      <SideBySide {...props} />
      <VariantStrip {...props} />
    </div>
  );
}

function SideBySide({ explaining, explanation }: LayoutProps): JSX.Element {
  const { sample, composite, subject } = explaining;
  const averageShifts = useStress((state) => state.averageShifts);
  return (
    <div className="viewports two">
      <Viewport name="picture" sample={sample} caption="Picture" />
      <Viewport
        name="heatmap"
        {...{ sample, ...nameEvidence({ explaining, explanation }) }}
        isBarred
        caption={`${composite}, explains ${nameTarget(subject)}${averageShifts ? ' · mean over one-pixel shifts' : ''}`}
      >
        <FieldFrame explaining={explaining} />
      </Viewport>
    </div>
  );
}
