import type { LayoutName } from '#shared/samples.ts';
import { LightboxError } from '#shared/errors.ts';
import type { Layout, LayoutOptions, Recognition } from './layout.ts';
import { layouts } from './layouts/layouts.ts';
import { nameList } from './sentences.ts';
import type { FolderTree } from './tree/folder-tree.ts';

/** A layout a user asks for, or `auto`: the one with the best evidence. */
export type LayoutChoice = LayoutName | 'auto';

export interface RecognisedLayout extends Recognition {
  readonly layout: Layout;
}

/**
 * The layout of a folder and what says so.
 * @throws LightboxError `dataset/unrecognised` where nothing fits, or several do; `dataset/invalid-table`.
 */
export async function recogniseLayout(
  tree: FolderTree,
  choice: LayoutChoice,
  options: LayoutOptions,
): Promise<RecognisedLayout> {
  const candidates = choice === 'auto' ? layouts : layouts.filter(({ name }) => name === choice);
  const { recognised, fault } = await tryLayouts(tree, candidates, options);
  const [best, ...others] = recognised.toSorted((a, b) => b.confidence - a.confidence);
  if (best === undefined) throw fault ?? unrecognised(tree, candidates);
  const rivals = others.filter(({ confidence }) => confidence === best.confidence);
  if (rivals.length > 0) throw ambiguous(tree, [best, ...rivals]);
  return best;
}

async function tryLayouts(
  tree: FolderTree,
  candidates: readonly Layout[],
  options: LayoutOptions,
): Promise<{ readonly recognised: RecognisedLayout[]; readonly fault: LightboxError | undefined }> {
  const recognised: RecognisedLayout[] = [];
  let fault: LightboxError | undefined;
  let needed = 0;
  for (const layout of candidates) {
    try {
      const recognition = await layout.recognise(tree, options, needed);
      if (recognition === undefined) continue;
      recognised.push({ layout, ...recognition });
      needed = Math.max(needed, recognition.confidence);
    } catch (cause) {
      const error = LightboxError.from(cause);
      // A broken table matters only where nothing else tells what the folder is.
      if (error.code !== 'dataset/invalid-table') throw error;
      fault ??= error;
    }
  }
  return { recognised, fault };
}

function unrecognised(tree: FolderTree, candidates: readonly Layout[]): LightboxError {
  const sought = nameList(candidates.map(({ lookedFor }) => lookedFor));
  return new LightboxError('dataset/unrecognised', `"${tree.name}" is no dataset that is known; looked for ${sought}.`);
}

function ambiguous(tree: FolderTree, rivals: readonly RecognisedLayout[]): LightboxError {
  const names = nameList(rivals.map(({ layout }) => layout.name));
  const sentence = `"${tree.name}" may be read as ${names}; say which layout it is, or open one of its folders.`;
  return new LightboxError('dataset/unrecognised', sentence);
}
