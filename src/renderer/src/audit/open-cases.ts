import type { SampleList } from '#shared/contract/samples.ts';
import { useChoices } from '../choices.ts';
import { withoutFilters } from '../gallery/filters.ts';
import { useRooms } from '../rooms.ts';
import { useAudit } from './audit-state.ts';

/** Longest queue a list can be. */
const most = 5000;

interface Cases {
  /** Ids, in their order. */
  readonly samples: readonly number[];
  /** The region of each that is outlined, by id. */
  readonly regions: Readonly<Record<number, string>>;
  readonly model: number | undefined;
}

/** Cases as a list of their own: next and previous follow their order. */
function queueCases({ samples, regions, model }: Cases): void {
  const { list, aside, setAside } = useChoices.getState();
  const base: SampleList | undefined = aside ?? list;
  if (!base) return;
  useAudit.getState().change({ ofSample: regions, model });
  if (aside) useChoices.setState({ list: aside, aside: undefined });
  setAside({ ...withoutFilters(base), cases: samples.slice(0, most) });
}

/** Opens one of the cases to be read. */
export function readCase(cases: Cases, sample: number): void {
  queueCases(cases);
  const subject = cases.regions[sample];
  if (subject !== undefined) useAudit.getState().change({ subject });
  useChoices.getState().read(cases.samples.indexOf(sample));
}

/** Shows the cases behind a number in the gallery. */
export function showCases(cases: Cases): void {
  queueCases(cases);
  useRooms.getState().go('gallery');
}
