import type { JSX } from 'react';
import { FieldFrame } from '../concepts/field-frame.tsx';
import type { LayoutProps } from './layout-props.ts';
import { nameEvidence, nameTarget } from './target-name.ts';
import { Viewport } from './viewport.tsx';

/** The picture | the picture with its heatmap. */
export function ExplainLayout({ explaining, explanation }: LayoutProps): JSX.Element {
  const { sample, composite, subject } = explaining;
  return (
    <div className="viewports two">
      <Viewport name="picture" sample={sample} caption="Picture" />
      <Viewport
        name="heatmap"
        {...{ sample, ...nameEvidence({ explaining, explanation }) }}
        isBarred
        caption={`${composite}, explains ${nameTarget(subject)}`}
      >
        <FieldFrame explaining={explaining} />
      </Viewport>
    </div>
  );
}
