import { useId, type JSX } from 'react';
import type { MarkShape, Point } from '#shared/marks/mark-shape.ts';
import { boundsOf, listHandles } from './edit-shape.ts';
import type { Plane } from './use-plane.ts';

interface MarkFigureProps {
  readonly shape: MarkShape;
  readonly color: string;
  readonly label: string;
  readonly isSelected: boolean;
  readonly plane: Plane;
}

/** A mark with its name; lines and letters have the same size on the screen at every zoom. */
export function MarkFigure({ shape, color, label, isSelected, plane }: MarkFigureProps): JSX.Element {
  const [left, top] = findUpperLeft(shape, plane);
  return (
    <g className={isSelected ? 'mark selected' : 'mark'} style={{ color }} data-form={shape.form}>
      <Outline shape={shape} isSelected={isSelected} pixel={plane.pixel} />
      {label !== '' && (
        <g transform={`translate(${left} ${top}) matrix(${plane.upright} 0 0)`}>
          <text y={-5} className="mark-name">
            {label}
          </text>
        </g>
      )}
      {isSelected && listHandles(shape).map(({ name, at }) => <Grip key={name} at={at} plane={plane} />)}
    </g>
  );
}

/** The corner of its bounds that is the upper left one on the screen, however the film is turned. */
function findUpperLeft(shape: MarkShape, { right, down }: Plane): Point {
  const { left, top, width, height } = boundsOf(shape);
  const corners = [0, 1].flatMap((x) => [0, 1].map((y): Point => [left + x * width, top + y * height]));
  const depth = ([x, y]: Point): number => x * (right[0] + right[1]) + y * (down[0] + down[1]);
  return corners.reduce((best, corner) => (depth(corner) < depth(best) ? corner : best));
}

function Grip({ at, plane }: { readonly at: readonly [number, number]; readonly plane: Plane }): JSX.Element {
  return (
    <g transform={`translate(${at[0]} ${at[1]}) matrix(${plane.upright} 0 0)`}>
      <rect className="grip" x={-4} y={-4} width={8} height={8} />
    </g>
  );
}

interface OutlineProps {
  readonly shape: MarkShape;
  readonly isSelected: boolean;
  readonly pixel: number;
}

function Outline({ shape, isSelected, pixel }: OutlineProps): JSX.Element {
  if (shape.form === 'brush') return <Brushed shape={shape} isSelected={isSelected} />;
  const strokeWidth = isSelected ? 2.5 : 1.5;
  return (
    <>
      <Line shape={shape} className="casing" strokeWidth={(strokeWidth + 1.5) * pixel} />
      <Line shape={shape} className="outline" strokeWidth={strokeWidth * pixel} />
    </>
  );
}

interface LineProps {
  readonly shape: Exclude<MarkShape, { form: 'brush' }>;
  readonly className: string;
  readonly strokeWidth: number;
}

/** The dark casing under a line keeps it apart from bright bone and skin. */
function Line({ shape, ...line }: LineProps): JSX.Element {
  if (shape.form === 'polygon') return <polygon {...line} points={shape.points.map(String).join(' ')} />;
  const { left, top, width, height } = shape;
  if (shape.form === 'rectangle') return <rect {...line} x={left} y={top} width={width} height={height} />;
  return <ellipse {...line} cx={left + width / 2} cy={top + height / 2} rx={width / 2} ry={height / 2} />;
}

interface BrushedProps {
  readonly shape: Extract<MarkShape, { form: 'brush' }>;
  readonly isSelected: boolean;
}

/** Strokes cover, or uncover what was covered so far, in their order. */
function Brushed({ shape, isSelected }: BrushedProps): JSX.Element {
  const id = useId();
  const { left, top, width, height } = boundsOf(shape);
  const area = { x: left, y: top, width, height };
  return (
    <>
      <mask id={id} maskUnits="userSpaceOnUse" {...area}>
        {shape.strokes.map(({ points, radius, erases }, index) => (
          <path
            key={index}
            {...{ fill: 'none', strokeLinecap: 'round', strokeLinejoin: 'round' }}
            stroke={erases ? 'black' : 'white'}
            strokeWidth={2 * radius}
            d={`M ${points.map(String).join(' L ')}${points.length === 1 ? ' l 0 0' : ''}`}
          />
        ))}
      </mask>
      <rect {...area} mask={`url(#${id})`} fill="currentColor" fillOpacity={isSelected ? 0.6 : 0.5} />
    </>
  );
}
