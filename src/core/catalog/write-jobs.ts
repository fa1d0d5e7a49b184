import { LightboxError, type ErrorRecord } from '#shared/errors.ts';
import { writeCanonicalJson } from './canonical-json.ts';
import type { WritableDatabase } from './database/database.ts';
import type { WriteStatement } from './database/statements.ts';
import { rememberHeartbeat, thisOwner } from './job-owner.ts';
import { readJobs, type Job, type JobReader, type NewJob } from './jobs.ts';

export interface JobWriter extends JobReader {
  /** Queued. */
  insert(job: NewJob): Job;
  /** This process works on it from now on. Throws `request/invalid` for a job that runs or has ended otherwise than interrupted. */
  start(id: number): Job;
  /** To be called every few seconds, also as a sign of life. Throws `job/cancelled` when the job is not running any more. */
  update(id: number, done: number): void;
  /** Done, and on the disk with everything before it when this returns. Throws `job/cancelled`. */
  finish(id: number): void;
  /** Throws `job/cancelled`. */
  fail(id: number, error: ErrorRecord): void;
  /** Queued or running; whoever works on it hears of it with the next `update`. */
  cancel(id: number): void;
  /** Marks abandoned jobs as interrupted; returns them. Done whenever a catalog is opened for writing. */
  interruptAbandoned(): readonly Job[];
  /** Forgets a job that does not run; its results stay. Returns whether there was one. */
  delete(id: number): boolean;
}

export function writeJobs(database: WritableDatabase): JobWriter {
  const reader = readJobs(database);
  const insertRow = database.write<[object]>(
    `INSERT INTO jobs (kind, settings, state, done, total, created_ms)
     VALUES (@kind, @settings, 'queued', 0, @total, @nowMs)`,
  );
  const deleteRow = database.write<[number]>(`DELETE FROM jobs WHERE id = ? AND state <> 'running'`);
  const changes = prepareChanges(database);
  return {
    ...reader,
    insert: ({ kind, settings, total }) =>
      database.transaction(() =>
        reader.get(insertRow.insert({ kind, settings: writeCanonicalJson(settings), total, nowMs: Date.now() })),
      ),
    start: (id) =>
      database.transaction(() => {
        const owner = thisOwner();
        if (changes.start.run({ id, ...owner }) > 0) {
          rememberHeartbeat({ file: database.file, id }, owner.heartbeatMs);
          return reader.get(id);
        }
        const { state } = reader.get(id);
        throw new LightboxError('request/invalid', `Job ${id} is ${state} and cannot be started; start a new one.`);
      }),
    update: (id, done) => {
      const nowMs = Date.now();
      demand(id, changes.update.run({ id, done, nowMs }));
      rememberHeartbeat({ file: database.file, id }, nowMs);
    },
    finish: (id) => {
      demand(
        id,
        database.durably(() => changes.finish.run({ id, nowMs: Date.now() })),
      );
    },
    fail: (id, { code, message }) => {
      demand(id, changes.fail.run({ id, code, message, nowMs: Date.now() }));
    },
    cancel: (id) => void changes.cancel.run({ id, nowMs: Date.now() }),
    interruptAbandoned: () => {
      const abandoned = reader.listAbandoned();
      for (const { id } of abandoned) changes.interrupt.run({ id });
      return abandoned.map(({ id }) => reader.get(id));
    },
    delete: (id) => deleteRow.run(id) > 0,
  };
}

type JobChange = 'start' | 'update' | 'finish' | 'fail' | 'cancel' | 'interrupt';

/** Only a running job can go on or end; where it is not, nothing changes. */
function prepareChanges(database: WritableDatabase): Readonly<Record<JobChange, WriteStatement<[object]>>> {
  const write = (change: string, condition: string): WriteStatement<[object]> =>
    database.write<[object]>(`UPDATE jobs SET ${change} WHERE id = @id AND state ${condition}`);
  return {
    start: write(
      `state = 'running', done = 0, owner_pid = @pid, owner_host = @host, heartbeat_ms = @heartbeatMs,
       started_ms = @heartbeatMs, ended_ms = NULL`,
      `IN ('queued', 'interrupted')`,
    ),
    update: write('done = @done, heartbeat_ms = @nowMs', `= 'running'`),
    finish: write(`state = 'done', done = total, ended_ms = @nowMs`, `= 'running'`),
    fail: write(`state = 'failed', error_code = @code, error_message = @message, ended_ms = @nowMs`, `= 'running'`),
    cancel: write(`state = 'cancelled', ended_ms = @nowMs`, `IN ('queued', 'running')`),
    interrupt: write(`state = 'interrupted', ended_ms = heartbeat_ms`, `= 'running'`),
  };
}

function demand(id: number, changed: number): void {
  if (changed > 0) return;
  throw new LightboxError('job/cancelled', `Job ${id} is not running any more; what it had done is kept.`);
}
