import './marks.css';
import type { JSX, KeyboardEvent } from 'react';
import type { SamplePageRequest } from '#shared/contract/samples.ts';
import type { MarkedPicture } from './edit-marks.ts';
import { MarkList } from './mark-list.tsx';
import { MarkToolbar } from './mark-toolbar.tsx';
import { ReaderSettings } from './reader-settings.tsx';
import { SaveFault } from './save-fault.tsx';
import { VerdictBar } from './verdict-bar.tsx';

interface MarkPanelProps {
  readonly sample: MarkedPicture;
  readonly list: SamplePageRequest;
  readonly place: number;
}

/** The reader's part beside the picture: verdict, note, marks. */
export function MarkPanel({ sample, list, place }: MarkPanelProps): JSX.Element {
  return (
    <section className="mark-panel" aria-label="Verdict and marks" onKeyDown={keepTab}>
      <SaveFault sample={sample.id} />
      <VerdictBar {...{ sample, list, place }} />
      <MarkToolbar sample={sample} />
      <MarkList {...{ sample, place }} />
      <ReaderSettings />
    </section>
  );
}

/** Among these controls Tab leads on, as everywhere; over the picture it leads from mark to mark. */
function keepTab(event: KeyboardEvent): void {
  if (event.key === 'Tab') event.stopPropagation();
}
