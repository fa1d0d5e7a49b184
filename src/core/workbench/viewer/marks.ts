import { implement, type Router } from '@orpc/server';
import type { Mark } from '#core/catalog/index.ts';
import { marksContract, type MarkView } from '#shared/contract/marks.ts';
import { markShapeSchema } from '#shared/marks/mark-shape.ts';
import { handOutMarks } from '../collection/export-marks.ts';
import { importMarks } from '../collection/import-marks.ts';
import { answering } from './answering.ts';
import type { ViewerPlace } from './viewer-place.ts';

export function createMarkRouter({ read, write }: ViewerPlace): Router<typeof marksContract, object> {
  const os = implement(marksContract);
  return os.router({
    list: os.list.handler(({ input }) => answering(() => read().marks.list(input.sample).map(describeMark))),
    insert: os.insert.handler(({ input: { sample, ...mark } }) =>
      answering(async () => describeMark((await write()).marks.insert({ ...mark, sampleId: sample }))),
    ),
    update: os.update.handler(({ input: { id, kind, shape, note } }) =>
      answering(async () => {
        const change = {
          ...(kind !== undefined && { kind }),
          ...(shape && { shape }),
          ...(note !== undefined && { note }),
        };
        return describeMark((await write()).marks.update(id, change));
      }),
    ),
    delete: os.delete.handler(({ input }) =>
      answering(async () => {
        (await write()).marks.delete(input.id);
      }),
    ),
    export: os.export.handler(({ input }) => answering(async () => handOutMarks(await write(), input))),
    import: os.import.handler(({ input }) => answering(async () => importMarks(await write(), input))),
  });
}

/** A shape of another program or version is told of, not drawn. */
function describeMark({ id, kind, author, note, createdMs, shape }: Mark): MarkView {
  const known = markShapeSchema.safeParse(shape);
  const fault = `Mark ${id} (${kind}) has a shape this version cannot show; it stays in the catalog as it is.`;
  return { id, kind, author, note, createdMs, ...(known.success ? { shape: known.data } : { fault }) };
}
