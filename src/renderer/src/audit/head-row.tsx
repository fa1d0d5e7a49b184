import type { JSX } from 'react';
import type { DefinitionName } from '#shared/audit-definitions.ts';
import { Term } from './term.tsx';

/** A column's name; with a definition where it is a number. */
export type Heading = readonly [title: string, definition?: DefinitionName];

/** The head of a table of numbers. */
export function HeadRow({ headings }: { readonly headings: readonly Heading[] }): JSX.Element {
  return (
    <thead>
      <tr>
        {headings.map(([title, definition], index) => (
          <th key={index} scope="col">
            {definition ? <Term name={definition}>{title}</Term> : title}
          </th>
        ))}
      </tr>
    </thead>
  );
}
