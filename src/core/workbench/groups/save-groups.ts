import path from 'node:path';
import { saveFigure } from '#core/figures/index.ts';
import type { Catalog } from '#core/catalog/index.ts';
import { saveFile } from '#core/imaging/index.ts';
import type { GroupingView } from '#shared/contract/groups.ts';
import { makeFolder } from '../make-folder.ts';
import { drawGroups } from './draw-groups.ts';
import { writeGroupsCsv, writePointsCsv } from './groups-csv.ts';

/** Saves a grouping's figure, tables, and all of it as JSON in a folder. Throws `output/not-writable`. */
export async function saveGroups(catalog: Catalog, view: GroupingView, folder: string): Promise<void> {
  await makeFolder(folder);
  const figure = await drawGroups(catalog, view);
  for (const kind of ['svg', 'png', 'pdf']) await saveFigure(path.join(folder, `groups.${kind}`), figure);
  const record = { format: 'relevance-lightbox/groups/1', ...view };
  const texts: Readonly<Record<string, string>> = {
    'maps.csv': writePointsCsv(view),
    'groups.csv': writeGroupsCsv(view),
    'groups.json': `${JSON.stringify(record, undefined, 2)}\n`,
  };
  for (const [name, text] of Object.entries(texts)) await saveFile(path.join(folder, name), Buffer.from(text, 'utf8'));
}
