import type { SampleList } from '#shared/contract/samples.ts';
import { client } from '../api/client.ts';
import { useChoices } from '../choices.ts';
import { withoutBlanks } from '../gallery/filters.ts';
import { tell, tellFault } from '../shell/notices.ts';
import { words } from '../ui/words.ts';

/** Shows a queue alone and reads on at its first case that is still open. */
export async function openQueue(list: SampleList, queue: number): Promise<void> {
  const { dataset, prediction, attribution, reader = '', firstReading } = list;
  const alone = withoutBlanks({ dataset, prediction, attribution, reader, firstReading, queue });
  const { choose, read } = useChoices.getState();
  try {
    const place = await findOpen(alone);
    choose(alone);
    if (place === undefined) tell(words.queues.finished);
    read(place ?? 0);
  } catch (cause) {
    tellFault(cause);
  }
}

/** Looked for from behind the end, round to the first. */
async function findOpen(list: SampleList): Promise<number | undefined> {
  const { reader: author = '', firstReading: untilLocked = false } = list;
  const found = await client.reviews.open({ list, author, untilLocked, place: 10 ** 9 });
  return found.place;
}
