import type { JSX } from 'react';
import { ConceptsLayout } from '../concepts/concepts-layout.tsx';
import { FieldFrame } from '../concepts/field-frame.tsx';
import { ExplainLayout } from './explain-layout.tsx';
import { useExplain } from './explain-state.ts';
import type { LayoutProps } from './layout-props.ts';
import { StressLayout } from '../robustness/stress-layout.tsx';
import { useStress } from '../robustness/stress-state.ts';
import { SevenUp } from './seven-up.tsx';
import { nameEvidence } from './target-name.ts';
import { TwoModels } from './two-models.tsx';
import { Viewport } from './viewport.tsx';

/** The picture, and what lies beside it. */
export function Layouts(props: LayoutProps): JSX.Element {
  const layout = useExplain((state) => state.layout);
  const { sample } = props.explaining;
  const averaged = useStress((state) => state.averageShifts)
    ? 'Heatmap: mean over one-pixel shifts of the input'
    : undefined;
  if (layout === 'seven') return <SevenUp key={sample.id} {...props} />;
  if (layout === 'models') return <TwoModels key={sample.id} {...props} />;
  if (layout === 'concepts') return <ConceptsLayout key={sample.id} explaining={props.explaining} />;
  if (layout === 'stress') return <StressLayout key={sample.id} {...props} />;
  if (layout === 'explain') return <ExplainLayout key={sample.id} {...props} />;
  return (
    <div className="viewports one">
      <Viewport key={sample.id} name="picture" sample={sample} {...nameEvidence(props)} caption={averaged} isBarred>
        <FieldFrame explaining={props.explaining} />
      </Viewport>
    </div>
  );
}
