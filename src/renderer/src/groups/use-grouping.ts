import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { GroupingSettings, GroupingView } from '#shared/contract/groups.ts';
import type { JobView } from '#shared/contract/jobs.ts';
import type { SampleList } from '#shared/contract/samples.ts';
import { api } from '../api/client.ts';
import { isActive, startJob, useJobs } from '../jobs/use-jobs.ts';
import { useGroups } from './group-state.ts';

export interface ClassChoice {
  readonly target: number;
  readonly label: string;
  readonly maps: number;
}

/** What the view of groups shows, as far as it is there. */
export interface GroupingPlace {
  readonly classes: readonly ClassChoice[] | undefined;
  readonly chosen: ClassChoice | undefined;
  /** Undefined where these settings were not computed yet. */
  readonly view: GroupingView | undefined;
  readonly isLoading: boolean;
  readonly fault: string | undefined;
  /** The job that is at it. */
  readonly job: JobView | undefined;
  readonly find: () => void;
}

/** Of the class chosen, the groups that the catalog keeps for the settings chosen. */
export function useGrouping(list: SampleList): GroupingPlace {
  const { dataset, attribution: setup } = list;
  const { target, count, seed } = useGroups();
  const queries = useQueryClient();
  const isAsked = setup !== undefined;
  const classes = useQuery(
    api.groups.classes.queryOptions({ input: { dataset, setup: setup ?? 0 }, enabled: isAsked }),
  );
  const chosen = choose(classes.data ?? [], target);
  const kept = useQuery(api.groups.list.queryOptions({ input: { dataset } }));
  const settings = settle(setup, chosen, { count, seed });
  const entry = kept.data?.find((one) => isSame(one.settings, settings));
  const view = useKeptGroups(entry?.id);
  const { jobs } = useJobs();
  const fault = classes.error ?? kept.error ?? view.error;
  return {
    classes: isAsked ? classes.data : [],
    ...{ chosen, view: view.data, fault: fault?.message },
    isLoading: kept.isLoading || view.isLoading,
    job: jobs.find((job) => job.kind === 'groups' && isActive(job)),
    find: () => void startJob(queries, { kind: 'groups', dataset, settings: withoutBlanks(settings) }),
  };
}

/** Nothing, and not loading, while no groups are kept. */
const useKeptGroups = (id: number | undefined) =>
  useQuery(api.groups.get.queryOptions({ input: { id: id ?? 0 }, enabled: id !== undefined }));

const defaults = { side: 28, mostGroups: 8 };

const settle = (
  setup: number | undefined,
  chosen: ClassChoice | undefined,
  rest: Pick<GroupingSettings, 'count' | 'seed'>,
): GroupingSettings => ({ ...defaults, setup: setup ?? 0, target: chosen?.target ?? -1, ...rest });

/** The class asked for; else the one with most maps. */
const choose = (classes: readonly ClassChoice[], target: number | undefined): ClassChoice | undefined =>
  classes.find((one) => one.target === target) ??
  classes.reduce<ClassChoice | undefined>((most, one) => (one.maps > (most?.maps ?? 0) ? one : most), undefined);

const withoutBlanks = ({ count, neighbours, ...rest }: GroupingSettings): GroupingSettings => ({
  ...rest,
  ...(count !== undefined && { count }),
  ...(neighbours !== undefined && { neighbours }),
});

const isSame = (a: GroupingSettings, b: GroupingSettings): boolean =>
  (['setup', 'target', 'side', 'neighbours', 'count', 'mostGroups', 'seed'] as const).every(
    (name) => a[name] === b[name],
  );
