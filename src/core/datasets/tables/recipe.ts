import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { z } from 'zod';
import { LightboxError } from '#shared/errors.ts';
import { limits } from '#shared/limits.ts';
import { saveFile } from '#core/imaging/index.ts';

/** Which column of a table is what; columns by their header names. */
export interface ColumnMapping {
  /** The picture: a path, or a name with or without extension. */
  readonly path: string;
  readonly label?: string | undefined;
  readonly split?: string | undefined;
  readonly patient?: string | undefined;
  /** Columns that name masks, by what the mask shows: lung, lesion. */
  readonly masks?: Readonly<Record<string, string>> | undefined;
  /** Columns kept as metadata; all that are left where this is left out, none where it is empty. */
  readonly metadata?: readonly string[] | undefined;
}

/** How a table and pictures become a dataset: `NAME.recipe.json`. */
export interface Recipe {
  readonly version: 1;
  /** The table, relative to the dataset's folder. */
  readonly table: string;
  /** The folder the pictures lie in, relative to the dataset's folder, where names alone leave it open. */
  readonly pictures?: string | undefined;
  readonly columns: ColumnMapping;
}

const column = z.string().trim().min(1).max(1000);
/** A recipe that comes with a dataset leads nowhere else. */
const path = z
  .string()
  .trim()
  .min(1)
  .max(4000)
  .refine((text) => !/^([/\\]|[a-z]:)/i.test(text) && !text.split(/[/\\]/).includes('..'), 'must stay in the folder')
  .transform((text) =>
    text
      .split(/[/\\]/)
      .filter((part) => part !== '' && part !== '.')
      .join('/'),
  );

const recipeSchema = z.strictObject({
  version: z.literal(1),
  table: path,
  pictures: path.optional(),
  columns: z.strictObject({
    path: column,
    label: column.optional(),
    split: column.optional(),
    patient: column.optional(),
    masks: z.record(column, column).optional(),
    metadata: z.array(column).max(5000).optional(),
  }),
});

/** The ending that makes a JSON file a recipe. */
export const isRecipeName = (name: string): boolean => /.\.recipe\.json$/i.test(name);

/**
 * Load a recipe.
 * @throws LightboxError `dataset/invalid-table` naming the file, the field and the problem.
 */
export async function loadRecipe(file: string): Promise<Recipe> {
  const name = basename(file);
  return checkRecipe(parseJson(await loadText(file, name), name), name);
}

/** A recipe from anywhere. @throws LightboxError `dataset/invalid-table` naming the field and the problem. */
export function checkRecipe(recipe: unknown, name: string): Recipe {
  const parsed = recipeSchema.safeParse(recipe);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = issue && issue.path.length > 0 ? `${z.core.toDotPath(issue.path)}: ` : '';
  throw invalidRecipe(name, `is not valid: ${field}${issue?.message ?? ''}`);
}

/**
 * Save a recipe, whole or not at all. The file's name ends in `.recipe.json`.
 * @throws LightboxError `output/not-writable`, `dataset/invalid-table`.
 */
export async function saveRecipe(file: string, recipe: Recipe): Promise<void> {
  if (!isRecipeName(file)) {
    throw new LightboxError('output/not-writable', `"${file}" is no name for a recipe; end it in .recipe.json.`);
  }
  await saveFile(file, Buffer.from(`${JSON.stringify(checkRecipe(recipe, basename(file)), null, 2)}\n`));
}

const invalidRecipe = (name: string, problem: string, cause?: unknown): LightboxError =>
  new LightboxError('dataset/invalid-table', `The recipe "${name}" ${problem}.`, { cause });

async function loadText(file: string, name: string): Promise<string> {
  try {
    const status = await stat(file);
    if (!status.isFile()) throw invalidRecipe(name, 'is not a file');
    if (status.size > limits.recipe.fileBytes) throw invalidRecipe(name, 'is larger than 1 MB, too large for a recipe');
    return await readFile(file, 'utf8');
  } catch (cause) {
    if (cause instanceof LightboxError) throw cause;
    const { code, message } = cause as NodeJS.ErrnoException;
    throw invalidRecipe(name, `cannot be read (${code ?? message})`, cause);
  }
}

function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw invalidRecipe(name, `is not valid JSON (${cause instanceof Error ? cause.message : String(cause)})`, cause);
  }
}
