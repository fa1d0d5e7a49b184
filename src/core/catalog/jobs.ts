import { LightboxError, type ErrorCode, type ErrorRecord } from '#shared/errors.ts';
import type { ReadableDatabase } from './database/database.ts';
import { isOwnerGone, isThisProcess, type JobOwner } from './job-owner.ts';
import { readJson, withoutNulls, type Stored } from './rows.ts';

/** `interrupted`: whoever worked on it is gone. */
export type JobState = 'queued' | 'running' | 'done' | 'failed' | 'cancelled' | 'interrupted';

export interface NewJob {
  readonly kind: string;
  readonly settings: object;
  /** How many steps it has. */
  readonly total: number;
}

export interface Job extends Omit<NewJob, 'settings'> {
  readonly id: number;
  readonly settings: unknown;
  readonly state: JobState;
  /** Steps done. */
  readonly done: number;
  readonly error: ErrorRecord | undefined;
  /** Who works or worked on it. */
  readonly owner: JobOwner | undefined;
  readonly createdMs: number;
  readonly startedMs: number | undefined;
  readonly endedMs: number | undefined;
}

export interface JobReader {
  /** Throws `request/invalid`. */
  get(id: number): Job;
  /** The latest first. */
  list(state?: JobState): readonly Job[];
  /** Not of this process: running ones, abandoned or not, and those that were interrupted; the latest first. */
  listElsewhere(): readonly Job[];
  /** Running by their row, but whoever worked on them is gone. */
  listAbandoned(): readonly Job[];
}

type PlainJob = Omit<Job, 'settings' | 'error' | 'owner'>;
type JobRow = Stored<PlainJob> & {
  readonly settings: string;
  readonly errorCode: ErrorCode | null;
  readonly errorMessage: string | null;
  readonly pid: number | null;
  readonly host: string | null;
  readonly heartbeatMs: number | null;
};

const select = `SELECT id, kind, settings, state, done, total, error_code AS errorCode, error_message AS errorMessage,
  owner_pid AS pid, owner_host AS host, heartbeat_ms AS heartbeatMs, created_ms AS createdMs, started_ms AS startedMs,
  ended_ms AS endedMs FROM jobs`;

export function readJobs(database: ReadableDatabase): JobReader {
  const byId = database.read<[number], JobRow>(`${select} WHERE id = ?`);
  const byState = database.read<[JobState | undefined], JobRow>(
    `${select} WHERE state = ifnull(?, state) ORDER BY id DESC`,
  );
  const list = (state?: JobState): readonly Job[] => byState.list(state).map(toJob);
  return {
    get: (id) => toJob(byId.find(id) ?? unknownJob(id)),
    list,
    listElsewhere: () => [
      ...list('running').filter(({ id, owner }) => !isThisProcess(owner, { file: database.file, id })),
      ...list('interrupted'),
    ],
    listAbandoned: () => list('running').filter(({ id, owner }) => isOwnerGone(owner, { file: database.file, id })),
  };
}

function toJob({ settings, errorCode, errorMessage, pid, host, heartbeatMs, ...row }: JobRow): Job {
  return {
    ...withoutNulls<PlainJob>(row),
    settings: readJson(settings),
    error: errorCode === null ? undefined : { code: errorCode, message: errorMessage ?? '' },
    owner: pid === null ? undefined : { pid, host: host ?? '', heartbeatMs: heartbeatMs ?? 0 },
  };
}

function unknownJob(id: number): never {
  throw new LightboxError('request/invalid', `There is no job ${id} in the catalog; list the jobs.`);
}
