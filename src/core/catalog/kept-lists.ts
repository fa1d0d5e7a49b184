import type { ReadableDatabase } from './database/database.ts';

/** Answers that stay true until anybody changes the catalog, by what was asked. */
export interface Kept<Answer> {
  /** The answer that is known, if it still holds. */
  find(question: string): Answer | undefined;
  keep(question: string, answer: Answer): void;
}

/**
 * Keeps the latest `most` answers. Changes of this connection are told by SQLite's count of changed rows, those of others by its
 * data version, so nothing has to be announced.
 * What is kept inside a transaction that is undone goes with it.
 */
export function keepUntilChanged<Answer>(database: ReadableDatabase, most: number): Kept<Answer> {
  const changes = database.read<[], { changes: number }>('SELECT total_changes() AS changes');
  const answers = new Map<string, Answer>();
  let seen = '';
  const forgetIfChanged = (): void => {
    const now = `${JSON.stringify(database.pragma('data_version'))} ${changes.find()?.changes ?? 0} ${database.undone}`;
    if (now !== seen) answers.clear();
    seen = now;
  };
  return {
    find: (question) => {
      forgetIfChanged();
      return answers.get(question);
    },
    keep: (question, answer) => {
      forgetIfChanged();
      answers.delete(question);
      answers.set(question, answer);
      const [oldest = ''] = answers.keys();
      if (answers.size > most) answers.delete(oldest);
    },
  };
}
