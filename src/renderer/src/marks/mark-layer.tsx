import './marks.css';
import { useRef, type JSX } from 'react';
import { lookOf } from './kind-look.ts';
import { MarkFigure } from './mark-figure.tsx';
import { useMarkScope } from './mark-scope.ts';
import type { MarkedPicture } from './edit-marks.ts';
import { useCase } from './session.ts';
import { usePen } from './use-pen.ts';
import { usePlane, type Plane } from './use-plane.ts';
import { useView } from '../reading/view-state.ts';

/** What was marked on a picture, drawn in its own pixels over it; lies in the film and goes where that goes. */
export function MarkLayer({ sample }: { readonly sample: MarkedPicture }): JSX.Element | null {
  const hidden = useView((view) => view.hidden);
  return hidden ? null : <Marks sample={sample} />;
}

function Marks({ sample }: { readonly sample: MarkedPicture }): JSX.Element {
  const svg = useRef<SVGSVGElement>(null);
  const plane = usePlane(svg);
  const { marks } = useCase(sample.id);
  const { on, tool, selected, draft } = useMarkScope();
  const pen = usePen(svg, { sample, pixel: plane.pixel });
  const shown = [...marks].map(([key, mark]) => ({
    ...{ key, mark },
    shape: draft?.key === key ? draft.shape : mark.shape,
  }));
  return (
    <svg
      ref={svg}
      className={on ? `marks drawing with-${tool}` : 'marks'}
      viewBox={`0 0 ${sample.width} ${sample.height}`}
      role="group"
      aria-label={`Marks: ${marks.size}`}
      data-testid="marks"
      {...(on && pen)}
    >
      {shown.map(({ key, mark, shape }) => (
        <MarkFigure
          key={key}
          {...{ shape, plane, color: lookOf(mark.kind).color, label: lookOf(mark.kind).name }}
          isSelected={on && key === selected}
        />
      ))}
      {on && <Begun picture={sample} plane={plane} />}
    </svg>
  );
}

/** What is being drawn. */
function Begun({ picture, plane }: { readonly picture: MarkedPicture; readonly plane: Plane }): JSX.Element {
  const { tool, kind, brush, draft, vertices, pointer } = useMarkScope();
  const { color } = lookOf(kind);
  const line = { className: 'outline', strokeWidth: 1.5 * plane.pixel };
  const open = pointer && vertices.length > 0 ? [...vertices, pointer] : vertices;
  return (
    <g style={{ color }}>
      {draft && draft.key === undefined && (
        <MarkFigure {...{ shape: draft.shape, color, plane, label: '' }} isSelected={false} />
      )}
      {open.length > 0 && <polyline {...line} points={open.map(String).join(' ')} />}
      {vertices.map(([x, y], index) => (
        <circle key={index} className="grip" cx={x} cy={y} r={3.5 * plane.pixel} />
      ))}
      {pointer && (tool === 'brush' || tool === 'erase') && (
        <circle
          {...{ ...line, className: 'brush-tip', cx: pointer[0], cy: pointer[1] }}
          r={brush * Math.max(picture.width, picture.height)}
        />
      )}
    </g>
  );
}
