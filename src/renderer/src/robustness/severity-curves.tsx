import { useState, type JSX } from 'react';
import type { VariantAnswer, VariantChoices } from '#shared/contract/robustness.ts';
import { defineInWords, likenessMetrics } from '#shared/metrics/index.ts';
import type { Explaining } from '../explain/use-explaining.ts';
import { listSteps } from './choose-variants.ts';
import type { Column } from './columns.ts';
import { GridProgress } from './grid-progress.tsx';
import { useVariantGrid } from './use-variants.ts';

interface CurvesProps {
  readonly explaining: Explaining;
  readonly choices: VariantChoices;
  readonly column: Column;
  readonly variant: string;
}

/** How prediction and map hold as the same change grows; asked for, as each step is a pass of its own. */
export function SeverityCurves({ explaining, choices, column, variant }: CurvesProps): JSX.Element | null {
  const [isWanted, want] = useState(false);
  const steps = listSteps(choices, variant);
  const { sample, composite } = explaining;
  const columns = isWanted ? [column] : [];
  const grid = useVariantGrid({ sample: sample.id, composite, columns, variants: steps });
  if (steps.length === 0) return null;
  if (!isWanted)
    return (
      <button
        type="button"
        className="quiet-button"
        onClick={() => {
          want(true);
        }}
      >
        Curves over severity 1 to {steps.length}
      </button>
    );
  const answers = (grid.cells[0] ?? []).map(({ answer }) => answer);
  return (
    <figure className="severity-curves" aria-label="Over severity" data-testid="severity-curves">
      {curves.map((curve) => (
        <Curve key={curve.title} {...curve} answers={answers} />
      ))}
      {grid.done < grid.total && <GridProgress grid={grid} />}
    </figure>
  );
}

interface CurveLook {
  readonly title: string;
  readonly definition: string;
  readonly read: (answer: VariantAnswer) => number | undefined;
}

const ofMap = (name: 'spearman' | 'ssim' | 'signFlips'): CurveLook => ({
  title: likenessMetrics[name].name,
  definition: defineInWords(likenessMetrics[name]),
  read: ({ result }) => result?.change?.distances[name].value,
});

const curves: readonly CurveLook[] = [
  { title: 'Probability', definition: 'Of the explained class.', read: ({ result }) => result?.probability },
  ...[ofMap('spearman'), ofMap('ssim'), ofMap('signFlips')],
];

const [width, height, margin] = [120, 48, 6];

function Curve({
  title,
  definition,
  read,
  answers,
}: CurveLook & { readonly answers: readonly (VariantAnswer | undefined)[] }): JSX.Element {
  const values = answers.map((answer) => (answer ? read(answer) : undefined));
  const x = (step: number): number => margin + (step * (width - 2 * margin)) / Math.max(1, answers.length - 1);
  const low = values.some((value) => value !== undefined && value < 0) ? -1 : 0;
  const y = (value: number): number => height - margin - ((value - low) / (1 - low)) * (height - 2 * margin);
  const known = values.flatMap((value, step) => (value === undefined ? [] : [{ value, step }]));
  const numbers = values.map((value) => (value === undefined ? '–' : value.toFixed(2))).join(', ');
  return (
    <div className="severity-curve" title={definition}>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={`${title} at severity 1 to ${answers.length}: ${numbers}`}
      >
        <path className="axis" d={`M${margin} ${y(0)}H${width - margin}M${margin} ${y(1)}H${width - margin}`} />
        <path
          className="line"
          d={known.map(({ value, step }, at) => `${at === 0 ? 'M' : 'L'}${x(step)} ${y(value)}`).join('')}
        />
        {known.map(({ value, step }) => (
          <circle key={step} cx={x(step)} cy={y(value)} r={2} />
        ))}
      </svg>
      <span>
        {title}, {low === 0 ? '0 to 1' : '−1 to 1'}
      </span>
      <span className="variant-note">{numbers}</span>
    </div>
  );
}
