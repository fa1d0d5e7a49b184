import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef, type JSX } from 'react';
import type { LedgerOrder, LedgerRow } from '#shared/contract/audit.ts';
import { defineInWords, metrics, type MetricName } from '#shared/metrics/index.ts';
import { dataAddress } from '#shared/contract/contract.ts';
import { useAudit } from './audit-state.ts';
import { auditWords } from './audit-words.ts';
import { nameSubject } from './name-subject.ts';
import { readCase } from './open-cases.ts';
import { showNumber, showPercent, showSigned } from './show-number.ts';

const words = auditWords.ledger;
const rowHeight = 44;

interface Column {
  readonly order: LedgerOrder;
  readonly title: string;
  readonly definition: MetricName;
  readonly show: (row: LedgerRow) => string;
}

const columns: readonly Column[] = [
  { order: 'positive', title: 'positive', definition: 'positiveShare', show: (row) => showPercent(row.positiveShare) },
  { order: 'negative', title: 'negative', definition: 'negativeShare', show: (row) => showPercent(row.negativeShare) },
  { order: 'area', title: 'area', definition: 'area', show: (row) => showPercent(row.areaShare) },
  {
    ...{ order: 'enrichment', title: 'log₂ E', definition: 'enrichment' },
    show: ({ enrichment }) => (enrichment === null ? '–' : showSigned(Math.log2(enrichment), 1)),
  },
  { order: 'rank', title: 'rank acc.', definition: 'rankAccuracy', show: (row) => showNumber(row.rankAccuracy) },
  { order: 'excess', title: 'excess', definition: 'excess', show: (row) => showPercent(row.excess) },
];

interface LedgerTableProps {
  readonly rows: readonly LedgerRow[];
  readonly model: number;
}

/** A row for each picture; a row opens its case with the region outlined, and the next one follows this order. */
export function LedgerTable({ rows, model }: LedgerTableProps): JSX.Element {
  const scroller = useRef<HTMLDivElement>(null);
  const visible = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    ...{ overscan: 8, useFlushSync: false },
  });
  const shown = visible.getVirtualItems();
  const [above, below] = [shown[0]?.start ?? 0, visible.getTotalSize() - (shown.at(-1)?.end ?? 0)];
  const open = ({ sample }: LedgerRow): void => {
    const regions = Object.fromEntries(rows.map((row) => [row.sample, row.region]));
    readCase({ samples: rows.map((row) => row.sample), regions, model }, sample);
  };
  if (rows.length === 0) return <p className="quiet audit-empty">{words.empty}</p>;
  return (
    <div className="audit-scroll" ref={scroller} tabIndex={0} role="region" aria-label={auditWords.tabs.ledger}>
      <table className="numbers ledger" data-testid="ledger" aria-rowcount={rows.length + 1}>
        <LedgerHead />
        <tbody>
          {above > 0 && <tr aria-hidden style={{ height: above }} />}
          {shown.map(({ index }) => {
            const row = rows[index];
            return row && <Row key={row.sample} {...{ row, index, open }} />;
          })}
          {below > 0 && <tr aria-hidden style={{ height: below }} />}
        </tbody>
      </table>
    </div>
  );
}

function LedgerHead(): JSX.Element {
  const { order, ascending, change } = useAudit();
  return (
    <thead>
      <tr>
        <th scope="col">{words.columns.label}</th>
        <th scope="col" className="word">
          {words.columns.predicted}
        </th>
        <th scope="col" className="word">
          {words.columns.region}
        </th>
        {columns.map((column) => (
          <th
            key={column.order}
            scope="col"
            aria-sort={order === column.order ? (ascending ? 'ascending' : 'descending') : 'none'}
          >
            <button
              type="button"
              title={defineInWords(metrics[column.definition])}
              onClick={() => {
                change({ order: column.order, ascending: order === column.order && !ascending });
              }}
            >
              {column.title}
              {order === column.order ? (ascending ? ' ↑' : ' ↓') : ''}
            </button>
          </th>
        ))}
      </tr>
    </thead>
  );
}

interface RowProps {
  readonly row: LedgerRow;
  readonly index: number;
  readonly open: (row: LedgerRow) => void;
}

function Row({ row, index, open }: RowProps): JSX.Element {
  const { label = '', contentSha256, predicted = '–', region } = row;
  return (
    <tr
      aria-rowindex={index + 2}
      data-sample={row.sample}
      data-region={region}
      onClick={() => {
        open(row);
      }}
    >
      <th scope="row">
        <button type="button" className="case-button" aria-label={words.open(label, nameSubject(region))}>
          {contentSha256 !== undefined && <img src={dataAddress.thumbnail(contentSha256)} alt="" decoding="async" />}
          {label}
        </button>
      </th>
      <td className="word">{predicted}</td>
      <td className="word">{nameSubject(region)}</td>
      {columns.map(({ order, show }) => (
        <td key={order}>{show(row)}</td>
      ))}
    </tr>
  );
}
