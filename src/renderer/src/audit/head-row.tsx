import type { JSX } from 'react';
import type { MetricName } from '#shared/metrics/index.ts';
import { Term } from './term.tsx';

/** A column's name; with a definition where it is a number that has one, `word` where it is none. */
export type Heading = readonly [title: string, definition?: MetricName | 'word'];

/** The head of a table of numbers. */
export function HeadRow({ headings }: { readonly headings: readonly Heading[] }): JSX.Element {
  return (
    <thead>
      <tr>
        {headings.map(([title, definition], index) => (
          <th key={index} scope="col" className={definition === 'word' ? 'word' : undefined}>
            {definition === undefined || definition === 'word' ? title : <Term name={definition}>{title}</Term>}
          </th>
        ))}
      </tr>
    </thead>
  );
}
