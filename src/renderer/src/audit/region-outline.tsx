import './audit.css';
import { skipToken, useQuery } from '@tanstack/react-query';
import { useRef, type JSX } from 'react';
import type { PictureRegions } from '#shared/contract/audit-results.ts';
import { api } from '../api/client.ts';
import { usePlane } from '../marks/use-plane.ts';
import { useView } from '../reading/view-state.ts';
import { useAudit } from './audit-state.ts';

interface OutlinedPicture {
  readonly id: number;
  readonly width: number;
  readonly height: number;
}

/** The region that is tested, or that a ledger led to, around its pixels as the model sees them. */
export function RegionOutline({ sample }: { readonly sample: OutlinedPicture }): JSX.Element | null {
  const hidden = useView((view) => view.hidden);
  const { isBeside, subject, ofSample, model } = useAudit();
  const wanted = ofSample[sample.id] ?? (isBeside ? subject : undefined);
  const input = wanted !== undefined && model !== undefined ? { sample: sample.id, model } : skipToken;
  const { data } = useQuery(api.audit.regions.queryOptions({ input }));
  const outline = data?.regions.find((region) => region.subject === wanted)?.outline;
  if (hidden || !data || outline === undefined) return null;
  return <Outline {...{ sample, outline, regions: data }} subject={wanted ?? ''} />;
}

interface OutlineProps {
  readonly sample: OutlinedPicture;
  readonly outline: string;
  readonly regions: PictureRegions;
  readonly subject: string;
}

function Outline({ sample, outline, regions: { view, grid }, subject }: OutlineProps): JSX.Element {
  const svg = useRef<SVGSVGElement>(null);
  const { pixel } = usePlane(svg);
  const [x, y] = [view.width / grid.width, view.height / grid.height];
  const width = pixel / Math.max(x, y);
  return (
    <svg
      ref={svg}
      className="region-outline"
      viewBox={`0 0 ${sample.width} ${sample.height}`}
      data-testid="outline"
      data-subject={subject}
      aria-hidden
    >
      <g transform={`translate(${view.left} ${view.top}) scale(${x} ${y})`}>
        <path d={outline} className="halo" strokeWidth={3.5 * width} />
        <path d={outline} strokeWidth={1.5 * width} />
      </g>
    </svg>
  );
}
