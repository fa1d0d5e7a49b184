import { implement, type Router } from '@orpc/server';
import { readerContract, reviewsContract } from '#shared/contract/reviews.ts';
import { LightboxError } from '#shared/errors.ts';
import { firstReader, readerSchema, type Reader } from '#shared/marks/reader.ts';
import { answering } from './answering.ts';
import { findOpenPlace } from './find-open-place.ts';
import type { ViewerPlace } from './viewer-place.ts';

export function createReviewRouter({ read, write }: ViewerPlace): Router<typeof reviewsContract, object> {
  const os = implement(reviewsContract);
  return os.router({
    list: os.list.handler(({ input }) =>
      answering(() =>
        read()
          .reviews.list(input.sample)
          .map(({ author, verdict, note, lockedMs }) => ({ author, verdict, note, lockedMs })),
      ),
    ),
    put: os.put.handler(({ input: { sample, author, verdict, note } }) =>
      answering(async () => {
        const { reviews } = await write();
        if (verdict === undefined && note === '') reviews.delete(sample, author);
        else reviews.put({ sampleId: sample, author, verdict, note });
      }),
    ),
    lock: os.lock.handler(({ input: { sample, author } }) =>
      answering(async () => {
        (await write()).reviews.lock(sample, author);
      }),
    ),
    secondLooks: os.secondLooks.handler(({ input }) =>
      answering(() =>
        read()
          .secondLooks.list(input.sample)
          .map(({ author, opinion, verdict, createdMs }) => ({ author, opinion, verdict, createdMs })),
      ),
    ),
    lookAgain: os.lookAgain.handler(({ input: { sample, ...look } }) =>
      answering(async () => {
        (await write()).secondLooks.insert({ ...look, sampleId: sample });
      }),
    ),
    open: os.open.handler(({ input: { list, ...question } }) =>
      answering(() => ({ place: findOpenPlace(read(), list, question) })),
    ),
  });
}

/** The row of the catalog's sessions that names the reader. */
const sessionName = 'reader';

export function createReaderRouter({ read, write }: ViewerPlace): Router<typeof readerContract, object> {
  const os = implement(readerContract);
  return os.router({
    get: os.get.handler(() => answering(() => readReader(read))),
    put: os.put.handler(({ input }) =>
      answering(async () => {
        (await write()).sessions.put(sessionName, input);
      }),
    ),
  });
}

/** What another version wrote, or before the first import there is nothing to read, is no fault. */
function readReader(read: ViewerPlace['read']): Reader {
  try {
    return readerSchema.safeParse(read().sessions.find(sessionName)).data ?? firstReader;
  } catch (cause) {
    if (LightboxError.from(cause).code === 'catalog/not-found') return firstReader;
    throw cause;
  }
}
