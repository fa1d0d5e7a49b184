import type { JSX } from 'react';
import { dataAddress } from '#shared/contract/contract.ts';
import type { DatasetAudit, TwinsView } from '#shared/contract/dataset-audit.ts';
import type { SampleList } from '#shared/contract/samples.ts';
import { showInGallery } from '../show-in-gallery.ts';
import { auditWords } from './words.ts';

interface TwinListProps {
  readonly audit: DatasetAudit;
  readonly list: SampleList;
}

const SHOWN = 60;

/** Pictures that stand in the dataset twice; each pair opens in the gallery. */
export function TwinList({ audit: { twins }, list }: TwinListProps): JSX.Element {
  const shown = twins.listed.slice(0, SHOWN);
  const all = twins.counts.reduce((sum, { pairs }) => sum + pairs, 0);
  return (
    <section className="audit-part" title={auditWords.twinsTip(twins.threshold)}>
      <h2>{auditWords.twins}</h2>
      <p>
        {twins.counts
          .map(
            ({ kind, pairs, acrossSplits }) =>
              `${auditWords.kinds[kind]}: ${pairs} ${auditWords.pairs}, ${acrossSplits} ${auditWords.across}`,
          )
          .join(' · ')}
      </p>
      {all === 0 && <p className="quiet">{auditWords.noTwins}</p>}
      <ul className="twins" aria-label={auditWords.twins}>
        {shown.map((pair) => (
          <Twin key={pair.samples.map(({ id }) => id).join('-')} pair={pair} list={list} />
        ))}
      </ul>
      {all > shown.length && <p className="quiet">{auditWords.more(shown.length)}</p>}
    </section>
  );
}

function Twin({ pair, list }: { readonly pair: TwinsView; readonly list: SampleList }): JSX.Element {
  const { kind, distance, acrossSplits, conflicting, samePatient, samples } = pair;
  const [first, second] = samples.map(({ split, label }) => [split, label].filter(Boolean).join(' '));
  const facts = [
    `${auditWords.kinds[kind]}${kind === 'same file' ? '' : `, ${auditWords.bits(distance)}`}`,
    ...(acrossSplits ? [auditWords.across] : []),
    ...(conflicting ? [auditWords.conflicting] : []),
    ...(samePatient === undefined ? [] : [samePatient ? auditWords.samePatient : auditWords.otherPatient]),
  ];
  return (
    <li>
      <button
        type="button"
        aria-label={`${auditWords.open(first ?? '', second ?? '')}: ${facts.join(', ')}`}
        onClick={() => {
          showInGallery(list, samples.map(({ id }) => id)); // prettier-ignore
        }}
      >
        {samples.map(({ id, contentSha256, split, label }) => (
          <span key={id} className="twin">
            <img src={dataAddress.thumbnail(contentSha256)} alt="" loading="lazy" />
            <span>{[split, label].filter(Boolean).join(' · ')}</span>
          </span>
        ))}
        <span className={acrossSplits || conflicting ? 'twin-fault' : 'quiet'}>{facts.join(' · ')}</span>
      </button>
    </li>
  );
}
