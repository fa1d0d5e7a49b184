import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { auditDefinitions } from '#shared/audit-definitions.ts';

const page = readFileSync(path.join(import.meta.dirname, '../../docs/audit.md'), 'utf8');

/** As a row of a Markdown table has it, whatever the width of its columns. */
const rows = page
  .split('\n')
  .filter((line) => line.startsWith('|'))
  .map((line) =>
    line
      .split(/(?<!\\)\|/)
      .map((cell) => cell.trim().replaceAll('\\|', '|').replaceAll('_worst first_', 'worst first')),
  );

test.each(Object.values(auditDefinitions).map((one) => [one.name, one] as const))(
  'docs/audit.md defines %s as the window does',
  (_, { name, formula, remark }) => {
    expect(rows).toContainEqual(['', name, formula, remark, '']);
  },
);
