import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDeferredValue, type JSX } from 'react';
import type { SampleList } from '#shared/contract/samples.ts';
import { api } from '../api/client.ts';
import { useChoices } from '../choices.ts';
import { words } from '../ui/words.ts';
import { isCell, toggleCell, withoutBlanks } from './filters.ts';

interface ConfusionMatrixProps {
  readonly list: SampleList;
  /** Of the model that predicted. */
  readonly labels: readonly string[];
}

/** Labels against predictions: how often, and by a click, which. */
export function ConfusionMatrix({ list, labels }: ConfusionMatrixProps): JSX.Element | null {
  const blank = { label: undefined, predicted: undefined, correct: undefined, sort: undefined, descending: undefined };
  const confusion = useQuery(
    api.samples.confusion.queryOptions({
      input: withoutBlanks({ ...useDeferredValue(list), ...blank }),
      placeholderData: keepPreviousData,
    }),
  );
  const cells = confusion.data?.cells ?? [];
  if (cells.length === 0) return null;
  const rows = [...new Set(cells.map(({ label }) => label))];
  const columns = labels.map((_, index) => index);
  const count = (row: string, column: number): number =>
    cells.find(({ label, predicted }) => label === row && predicted === column)?.count ?? 0;
  return (
    <section className="facet confusion" aria-label={words.confusion.title}>
      <h2>{words.confusion.title}</h2>
      <table>
        <thead>
          <tr>
            <th scope="col" className="quiet">
              {words.confusion.label} ╲ {words.confusion.predicted}
            </th>
            {columns.map((column) => (
              <th key={column} scope="col" title={labels[column]}>
                {labels[column]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row} {...{ list, row, labels, counts: columns.map((column) => count(row, column)) }} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface RowProps {
  readonly list: SampleList;
  readonly row: string;
  readonly labels: readonly string[];
  /** By predicted class. */
  readonly counts: readonly number[];
}

function Row({ list, row, labels, counts }: RowProps): JSX.Element {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return (
    <tr>
      <th scope="row" title={row}>
        {row === '' ? words.values['blank'] : row}
      </th>
      {counts.map((count, column) => (
        <Cell key={column} {...{ list, row, column, count, total, name: labels[column] ?? '' }} />
      ))}
    </tr>
  );
}

interface CellProps {
  readonly list: SampleList;
  readonly row: string;
  readonly column: number;
  /** The predicted class. */
  readonly name: string;
  readonly count: number;
  /** Of the row. */
  readonly total: number;
}

function Cell({ list, row, column, name, count, total }: CellProps): JSX.Element {
  const choose = useChoices((choices) => choices.choose);
  const share = total === 0 ? 0 : count / total;
  return (
    <td>
      <button
        type="button"
        aria-pressed={isCell(list, row, column)}
        aria-label={words.confusion.cell(row, name, count)}
        data-right={row.toLowerCase() === name.toLowerCase()}
        style={{ '--share': share } as React.CSSProperties}
        onClick={() => {
          choose(toggleCell(list, row, column));
        }}
      >
        {count.toLocaleString('en')}
      </button>
    </td>
  );
}
