import { Button, Group } from '@mantine/core';
import type { JSX } from 'react';
import { confidenceEdges, type SampleList } from '#shared/contract/samples.ts';
import { facetNames, type FacetName } from '#shared/contract/facets.ts';
import type { Overview } from '#shared/contract/overview.ts';
import { markKinds } from '#shared/marks/mark-kinds.ts';
import { useChoices } from '../choices.ts';
import { words } from '../ui/words.ts';
import { ConfusionMatrix } from './confusion-matrix.tsx';
import { hasFilters, readFacet, toggleFacet, withoutFilters } from './filters.ts';
import { useFacet } from './use-facet.ts';
import './facets.css';

interface FacetPanelProps {
  readonly overview: Overview;
  readonly list: SampleList;
}

/** By what the list can be narrowed; everything is a toggle, with how many pictures it would leave. */
export function FacetPanel({ overview, list }: FacetPanelProps): JSX.Element {
  const labels = overview.setups.find(({ id }) => id === list.prediction)?.labels ?? [];
  return (
    <nav className="facets" aria-label={words.list.filters}>
      <FilterButtons list={list} />
      {list.firstReading && <p className="facet-note">{words.list.firstReading}</p>}
      {list.prediction !== undefined && <ConfusionMatrix list={list} labels={labels} />}
      {facetNames.map((facet) => (
        <Facet key={facet} facet={facet} list={list} labels={labels} />
      ))}
    </nav>
  );
}

function FilterButtons({ list }: { readonly list: SampleList }): JSX.Element | null {
  const { aside, choose, setAside, takeBack } = useChoices();
  if (!hasFilters(list) && !aside) return null;
  const all = withoutFilters(list);
  return (
    <Group gap={6}>
      {aside ? (
        <Button {...{ size: 'compact-xs' }} onClick={takeBack}>
          {words.list.asideAgain}
        </Button>
      ) : (
        <>
          <Button
            {...{ size: 'compact-xs', variant: 'default' }}
            onClick={() => {
              setAside(all);
            }}
          >
            {words.list.aside}
          </Button>
          <Button
            {...{ size: 'compact-xs', variant: 'default' }}
            onClick={() => {
              choose(all);
            }}
          >
            {words.list.clear}
          </Button>
        </>
      )}
    </Group>
  );
}

interface FacetProps {
  readonly facet: FacetName;
  readonly list: SampleList;
  /** Of the model that predicted. */
  readonly labels: readonly string[];
}

function Facet({ facet, list, labels }: FacetProps): JSX.Element | null {
  const choose = useChoices((choices) => choices.choose);
  const counts = useFacet(list, facet);
  if (!counts || counts.length === 0 || isPointless(facet, counts)) return null;
  const chosen = readFacet(list, facet);
  const title = facet === 'verdict' ? words.verdictOf(list.reader ?? '') : words.facets[facet];
  return (
    <section className="facet" aria-label={title}>
      <h2>{title}</h2>
      {counts.map(({ value, count }) => (
        <button
          key={value}
          type="button"
          aria-pressed={chosen.includes(value)}
          data-count={count}
          onClick={() => {
            choose(toggleFacet(list, facet, value));
          }}
        >
          <span className="facet-name">{nameValue(facet, value, labels)}</span>
          <span className="facet-count">{count.toLocaleString('en')}</span>
        </button>
      ))}
    </section>
  );
}

/** Where nobody has judged anything, and where nothing has a split, there is nothing to choose. */
function isPointless(facet: FacetName, counts: readonly { readonly value: string }[]): boolean {
  const [only, ...more] = counts;
  return more.length === 0 && (only?.value === 'none' || only?.value === '') && facet !== 'predicted';
}

const ownWord = (value: string): string => words.values[value] ?? value;

/** Values that are not called what they are. */
const names: Readonly<Partial<Record<FacetName, (value: string, labels: readonly string[]) => string>>> = {
  predicted: (value, labels) => labels[Number(value)] ?? `class ${value}`,
  confidence: (value) => nameBand(Number(value)),
  mark: (value) => markKinds.find(({ kind }) => kind === value)?.name ?? value,
  ...{ correct: ownWord, verdict: ownWord, heatmap: ownWord },
};

function nameValue(facet: FacetName, value: string, labels: readonly string[]): string {
  return names[facet]?.(value, labels) ?? (value === '' ? ownWord('blank') : value);
}

function nameBand(band: number): string {
  const percent = (edge: number): string => `${Math.round(100 * edge)}%`;
  const [low = 0, high] = [confidenceEdges[band], confidenceEdges[band + 1]];
  if (low === 0) return `below ${percent(high ?? 1)}`;
  return high === undefined ? `${percent(low)} and more` : `${percent(low)} to ${percent(high)}`;
}
