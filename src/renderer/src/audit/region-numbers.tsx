import { Text } from '@mantine/core';
import type { JSX } from 'react';
import type { RunResult } from '#shared/contract/audit-results.ts';
import { regionVerdicts, type RegionVerdict } from '#shared/region-verdicts.ts';
import { auditWords } from './audit-words.ts';
import { HeadRow, type Heading } from './head-row.tsx';
import { showCases } from './open-cases.ts';
import { showChance, showPercent, showSigned, showSpan } from './show-number.ts';

const meanHeadings: readonly Heading[] = [
  ['Class'],
  ['net logit', 'meanNetEffect'],
  ['p', 'signedRank'],
  ['q', 'adjusted'],
  ['net p', 'meanNetEffect'],
  ['p', 'signedRank'],
  ['q', 'adjusted'],
  ['by', 'word'],
];

export type RegionResult = NonNullable<RunResult['region']>;

interface RegionNumbersProps {
  readonly region: RegionResult;
  readonly model: number;
  readonly subject: string;
}

/** Verdicts and mean net effects over all cases; every count opens the cases behind it. */
export function RegionNumbers(props: RegionNumbersProps): JSX.Element {
  const { effects, tests, marks } = props.region;
  return (
    <>
      <VerdictTable {...props} />
      {marks.cases > 0 && <MeanTable effects={effects} />}
      {marks.cases > 0 && (
        <Text size="xs" className="quiet">
          {auditWords.tests.family(tests)}
        </Text>
      )}
    </>
  );
}

function VerdictTable({ region, model, subject }: RegionNumbersProps): JSX.Element {
  const { marks, nulls } = region;
  const rows = [
    ...(marks.cases > 0 ? [{ kind: 'mark' as const, name: 'with it', rate: marks }] : []),
    ...(nulls ? [{ kind: 'null' as const, name: 'marks of nothing', rate: nulls }] : []),
  ];
  const open = (kind: 'mark' | 'null', verdict: RegionVerdict | undefined): void => {
    const cases = region.cases.filter((one) => one.kind === kind && (verdict === undefined || one.verdict === verdict));
    const samples = [...new Set(cases.map(({ sample }) => sample))];
    const regions = kind === 'mark' ? Object.fromEntries(samples.map((sample) => [sample, subject])) : {};
    showCases({ samples, regions, model });
  };
  return (
    <table className="numbers" data-testid="verdicts" aria-label="Verdicts">
      <HeadRow headings={[[''], ['cases'], ...regionVerdicts.map((verdict): Heading => [verdict]), ['rate', 'rate']]} />
      <tbody>
        {rows.map(({ kind, name, rate }) => (
          <tr key={kind}>
            <th scope="row">{name}</th>
            <CountCell
              count={rate.cases}
              label={`${rate.cases} cases ${name} ${auditWords.tests.inGallery}`}
              onOpen={() => {
                open(kind, undefined);
              }}
            />
            {regionVerdicts.map((verdict) => (
              <CountCell
                key={verdict}
                count={rate.verdicts[verdict]}
                label={`${rate.verdicts[verdict]} ${verdict}, ${name} ${auditWords.tests.inGallery}`}
                onOpen={() => {
                  open(kind, verdict);
                }}
              />
            ))}
            <td>
              {showPercent(rate.rate)}
              <small>{showSpan(rate.interval, showPercent)}</small>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface CountCellProps {
  readonly count: number;
  readonly label: string;
  readonly onOpen: () => void;
}

function CountCell({ count, label, onOpen }: CountCellProps): JSX.Element {
  if (count === 0) return <td>0</td>;
  return (
    <td>
      <button type="button" className="count" aria-label={label} onClick={onOpen}>
        {count}
      </button>
    </td>
  );
}

function MeanTable({ effects }: { readonly effects: RegionResult['effects'] }): JSX.Element {
  return (
    <table className="numbers" data-testid="means" aria-label="Mean net effects">
      <HeadRow headings={meanHeadings} />
      <tbody>
        {effects.map((effect) => (
          <tr key={effect.label}>
            <th scope="row">{effect.label}</th>
            <td>
              {showSigned(effect.logit)}
              <small>{showSpan(effect.logitInterval)}</small>
            </td>
            <td>{showChance(effect.logitP)}</td>
            <td>{showChance(effect.logitQ)}</td>
            <td>
              {showSigned(effect.probability, 3)}
              <small>{showSpan(effect.probabilityInterval)}</small>
            </td>
            <td>{showChance(effect.probabilityP)}</td>
            <td>{showChance(effect.probabilityQ)}</td>
            <td className="word">{effect.unit}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
