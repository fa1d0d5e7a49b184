import { implement, type Router } from '@orpc/server';
import type { Queue, ReadonlyCatalog } from '#core/catalog/index.ts';
import { queuesContract, type QueueView } from '#shared/contract/queues.ts';
import type { SampleFilter } from '#shared/contract/samples.ts';
import { LightboxError } from '#shared/errors.ts';
import { z } from 'zod';
import { answering } from '../answering.ts';
import { countFacet } from '../facets.ts';
import { listSampleIds } from '../sample-page.ts';
import type { ViewerPlace } from '../viewer-place.ts';
import { drawQueue } from './draw-queue.ts';

export function createQueueRouter({ read, write }: ViewerPlace): Router<typeof queuesContract, object> {
  const os = implement(queuesContract);
  return os.router({
    list: os.list.handler(({ input: { dataset, ...by } }) =>
      answering(() => {
        const catalog = read();
        return catalog.queues.list(dataset).map((queue) => describe(catalog, queue, by));
      }),
    ),
    draw: os.draw.handler(({ input: { from, name, ...choice } }) =>
      answering(async () => {
        const samples = drawQueue(listByClass(read(), from), choice);
        if (samples.length === 0)
          throw new LightboxError('request/invalid', 'No picture fits the filters, so none can be drawn; clear them.');
        const catalog = await write();
        const id = catalog.queues.insert({ dataset: from.dataset, name, settings: { ...choice, from }, samples });
        return { id, count: samples.length };
      }),
    ),
    delete: os.delete.handler(({ input }) =>
      answering(async () => {
        (await write()).queues.delete(input.id);
      }),
    ),
  });
}

/** What a filter leaves, class by class. */
function listByClass(catalog: ReadonlyCatalog, from: SampleFilter): readonly (readonly number[])[] {
  // A reader who reads first is not told labels, but may have as many of each drawn.
  const filter = { ...from, firstReading: undefined };
  const labels = countFacet(catalog, filter, 'label').map(({ value }) => value);
  const chosen = from.label === undefined ? labels : labels.filter((label) => from.label?.includes(label));
  return chosen.toSorted().map((label) => listSampleIds(catalog, { ...filter, label: [label], sort: 'path' }, {}));
}

const settingsSchema = z.object({ seed: z.int(), balanced: z.boolean() });

interface By {
  readonly reader: string;
  readonly firstReading: boolean;
}

function describe(catalog: ReadonlyCatalog, { id, dataset, name, count, settings }: Queue, by: By): QueueView {
  const { reader, firstReading } = by;
  const done = firstReading
    ? catalog.samples.count({ dataset, queue: id, lockedBy: reader })
    : catalog.samples.facets.countJudged({ dataset, queue: id, reader });
  return { id, name, count, done, ...settingsSchema.safeParse(settings).data };
}
