import { Table } from '@mantine/core';
import type { JSX } from 'react';
import type { ImportPlanView } from '#shared/contract/folders.ts';
import { words } from '../ui/words.ts';

interface ClassTableProps {
  readonly table: ImportPlanView['tables'][number];
}

/** Splits against classes, counted. */
export function ClassTable({ table }: ClassTableProps): JSX.Element {
  const { collection, splits, labels, counts } = table;
  const show = (count: number): string => count.toLocaleString('en');
  return (
    <Table className="counts" verticalSpacing={3} fz="sm" withRowBorders={false}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{collection ?? ''}</Table.Th>
          {splits.map((split) => (
            <Table.Th key={split} ta="right">
              {split ?? words.opening.noSplit}
            </Table.Th>
          ))}
          <Table.Th ta="right">{words.opening.all}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {labels.map((label, column) => {
          const cells = counts.map((row) => row[column] ?? 0);
          return (
            <Table.Tr key={label}>
              <Table.Th fw={400}>{label ?? words.opening.noLabel}</Table.Th>
              {cells.map((count, row) => (
                <Table.Td key={row} ta="right">
                  {show(count)}
                </Table.Td>
              ))}
              <Table.Td ta="right" fw={600}>
                {show(cells.reduce((sum, count) => sum + count, 0))}
              </Table.Td>
            </Table.Tr>
          );
        })}
      </Table.Tbody>
    </Table>
  );
}
