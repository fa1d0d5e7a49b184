import { Text } from '@mantine/core';
import type { JSX } from 'react';
import type { RunResult } from '#shared/contract/audit.ts';
import { regionVerdicts, type RegionVerdict } from '#shared/region-verdicts.ts';
import { auditWords } from './audit-words.ts';
import { showCases } from './open-cases.ts';
import { showChance, showPercent, showSigned, showSpan } from './show-number.ts';
import { Term } from './term.tsx';

type RegionResult = NonNullable<RunResult['region']>;

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
      <thead>
        <tr>
          <th scope="col" />
          <th scope="col">cases</th>
          {regionVerdicts.map((verdict) => (
            <th key={verdict} scope="col">
              {verdict}
            </th>
          ))}
          <th scope="col">
            <Term name="rate">rate</Term>
          </th>
        </tr>
      </thead>
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
      <thead>
        <tr>
          <th scope="col">Class</th>
          <th scope="col">
            <Term name="mean">net logit</Term>
          </th>
          <th scope="col">
            <Term name="signedRank">p</Term>
          </th>
          <th scope="col">
            <Term name="adjusted">q</Term>
          </th>
          <th scope="col">
            <Term name="mean">net p</Term>
          </th>
          <th scope="col">
            <Term name="signedRank">p</Term>
          </th>
          <th scope="col">
            <Term name="adjusted">q</Term>
          </th>
          <th scope="col">by</th>
        </tr>
      </thead>
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
