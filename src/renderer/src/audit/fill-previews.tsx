import { useState, type JSX } from 'react';
import type { KeptCase } from '#shared/contract/audit-results.ts';
import { dataAddress } from '#shared/contract/contract.ts';
import { auditWords as words } from './audit-words.ts';

/** What the model saw: the picture, the picture without the region by each fill, and a control. */
export function FillPreviews({ kept }: { readonly kept: KeptCase }): JSX.Element {
  const fills = kept.result.classes[0]?.effects[0]?.fills.map(({ fill }) => fill) ?? [];
  const [first = 'local mean'] = fills;
  const shown = [
    { title: 'original', address: dataAddress.filled(kept.id, 'original', 'mark') },
    ...fills.map((fill) => ({ title: fill, address: dataAddress.filled(kept.id, fill, 'mark') })),
    { title: 'control 1', address: dataAddress.filled(kept.id, first, 0) },
  ];
  return (
    <div className="fill-previews" data-testid="previews">
      {shown.map(({ title, address }) => (
        <Preview key={address} {...{ title, address }} />
      ))}
    </div>
  );
}

function Preview({ title, address }: { readonly title: string; readonly address: string }): JSX.Element {
  const [isGone, setGone] = useState(false);
  return (
    <figure>
      {isGone ? (
        <span className="quiet">{words.gone}</span>
      ) : (
        <img
          src={address}
          alt={`What the model saw: ${title}`}
          onError={() => {
            setGone(true);
          }}
        />
      )}
      <figcaption>{title}</figcaption>
    </figure>
  );
}
