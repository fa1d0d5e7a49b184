import { LightboxError } from '#shared/errors.ts';
import { createClassFinder } from './class-labels.ts';
import { isAnswered, listAnswers } from './concept-scope.ts';
import { locateShare, shareOf } from './concept-values.ts';
import type { Group, SampleScope } from './group-choice.ts';
import { readerConditions, type ReaderFilter } from './reader-filter.ts';
import { writeList } from './rows.ts';
import type { Condition } from './sql-condition.ts';

/** Which samples are meant. Everything given must hold. */
export interface SampleFilter extends SampleScope, ReaderFilter {
  /** The sample carries all of them. */
  readonly tags?: readonly string[] | undefined;
  /** Part of the path, whatever its case (of the letters a to z). */
  readonly text?: string | undefined;
  /** `false` leaves out samples that are copies of another. */
  readonly duplicates?: boolean | undefined;
  /** Only samples with a prediction of this setup, and this prediction. */
  readonly prediction?: PredictionFilter | undefined;
  /** Only samples with an attribution of this setup. */
  readonly attribution?: { readonly setup: number } | undefined;
  /** Only samples on which a layer was read, for the label they have, and on which a channel carries so much. */
  readonly concept?: ConceptFilter | undefined;
}

/** A channel of a layer, by how much of the layer's relevance it carries (its signed share, -1 to 1). */
export interface ConceptFilter {
  /** The layer's id in the catalog. */
  readonly layer: number;
  readonly channel: number;
  /** More than. */
  readonly shareAbove?: number | undefined;
  /** Less than. */
  readonly shareBelow?: number | undefined;
}

export interface PredictionFilter {
  readonly setup: number;
  /** The index of a class, or one of several. */
  readonly predicted?: number | readonly number[] | undefined;
  /** Whether it is the class the dataset names. Samples whose label is no class of the model are neither. */
  readonly correct?: boolean | undefined;
  /** At least. */
  readonly confidenceAbove?: number | undefined;
  /** Less than. */
  readonly confidenceBelow?: number | undefined;
  /** Within one of them: at least the first number, less than the second. */
  readonly confidenceWithin?: readonly (readonly [low: number, high: number])[] | undefined;
}

/** The tables a list is drawn from: samples `s`, predictions `p`, attributions `a`, concepts `c`. */
export type Source = 's' | 'p' | 'a' | 'c';

export const sources: Readonly<Record<Source, { readonly table: string; readonly id: string; readonly of: string }>> = {
  s: { table: 'samples', id: 's.id', of: 's.dataset_id = @dataset' },
  p: { table: 'predictions', id: 'p.sample_id', of: 'p.setup_id = @prediction' },
  a: { table: 'attributions', id: 'a.sample_id', of: 'a.setup_id = @attribution' },
  c: { table: 'concepts', id: 'c.sample_id', of: 'c.layer_id = @conceptLayer' },
};

/** A filter as SQL: what stands behind FROM and WHERE, and its named parameters. */
export interface FilterSql {
  readonly from: string;
  readonly where: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

export interface FilterParts {
  readonly filter: SampleFilter;
  /** The table that is walked through. */
  readonly source: Source;
  /** The groups within the filter's scope. */
  readonly groups: readonly Group[];
  /** The classes of the model whose predictions are filtered. */
  readonly classes: readonly string[];
  /** The classes of the model whose concepts are filtered. */
  readonly conceptClasses: readonly string[];
  readonly purpose: 'list' | 'count';
  /** The predictions that fit are found first, instead of one by one for each result of another kind. */
  readonly isPrepared?: boolean;
}

/** The table to walk through where the order does not matter. */
export function chooseSource({ prediction, attribution, concept }: SampleFilter): Source {
  if (prediction) return 'p';
  if (concept) return 'c';
  return attribution ? 'a' : 's';
}

/** Whether results of one kind are listed by what results of the other kind are: each has to be looked up, in no order. */
export const isCrossed = (source: Source, { prediction, concept }: SampleFilter): boolean =>
  source === 'a' && prediction !== undefined && concept === undefined;

/** Throws `request/invalid` for a list drawn from results that the filter does not name. */
export function writeFilter(parts: FilterParts): FilterSql {
  const { source, filter } = parts;
  const listed = listSources(parts);
  const joined = parts.isPrepared ? listed.filter((name) => name === source) : listed;
  const tables = joined.map((name, index) => {
    const { table, id, of } = sources[name];
    // CROSS JOIN keeps SQLite from walking through another table first.
    return index === 0 ? `${table} ${name}` : `CROSS JOIN ${table} ${name} ON ${of} AND ${id} = ${sources[source].id}`;
  });
  const conditions: readonly Condition[] = [
    ...scopeConditions(parts, joined),
    ...markConditions(parts),
    ...readerConditions(filter, sources[source].id),
    ...(parts.isPrepared ? [preparedCondition(parts)] : predictionConditions(parts)),
    ...conceptConditions(parts),
  ];
  return {
    from: tables.join(' '),
    where: conditions.map(({ sql }) => sql).join(' AND '),
    parameters: conditions.reduce((all, { parameters }) => ({ ...all, ...parameters }), {
      dataset: filter.dataset,
      prediction: filter.prediction?.setup,
      attribution: filter.attribution?.setup,
      ...(filter.concept && { conceptLayer: filter.concept.layer, ...locateShare(filter.concept.channel) }),
    }),
  };
}

/** A set of samples: SQLite makes it once, and asks it far faster than it finds predictions in their table. */
function preparedCondition(parts: FilterParts): Condition {
  const { confidenceAbove, confidenceBelow, confidenceWithin } = parts.filter.prediction ?? {};
  const isByConfidence = [confidenceAbove, confidenceBelow, confidenceWithin].some((limit) => limit !== undefined);
  const index = isByConfidence ? 'predictions_by_confidence' : 'predictions_by_class';
  const conditions = predictionConditions(parts);
  const where = [sources.p.of, ...conditions.map(({ sql }) => sql)].join(' AND ');
  return {
    sql: `${sources[parts.source].id} IN (SELECT p.sample_id FROM predictions p INDEXED BY ${index} WHERE ${where})`,
    parameters: conditions.reduce((all, { parameters }) => ({ ...all, ...parameters }), {}),
  };
}

function listSources({ source, filter }: FilterParts): readonly Source[] {
  checkSource(source, filter);
  const needed = neededSources(filter);
  return [source, ...needed.filter((name) => name !== source)];
}

const neededSources = ({ prediction, attribution, concept }: SampleFilter): readonly Source[] => [
  ...(prediction ? ['p' as const] : []),
  ...(attribution ? ['a' as const] : []),
  ...(concept ? ['c' as const] : []),
];

/** Throws `request/invalid` for a list drawn from results that the filter does not name. */
export function checkSource(source: Source, filter: SampleFilter): void {
  if (source === 's' || neededSources(filter).includes(source)) return;
  const sentence =
    'Samples can be sorted by confidence where predictions, by sum where attributions, by share where a concept is chosen; choose a setup or a concept.';
  throw new LightboxError('request/invalid', sentence);
}

/** Results carry their sample's group, so samples need not be looked at where there are any. */
function scopeConditions(parts: FilterParts, joined: readonly Source[]): readonly Condition[] {
  const { filter, groups, source, purpose } = parts;
  const isWhole = filter.split === undefined && filter.label === undefined && filter.collection === undefined;
  const carrier = joined.find((name) => name !== 's');
  const within: Condition = { sql: sources[source].of };
  // Right and wrong are told by group, so there the groups are looked at already.
  if ((isWhole && !carrier) || (filter.prediction?.correct !== undefined && !parts.isPrepared)) return [within];
  const column = carrier ? `${hint(parts)}${carrier}.group_id` : 's.group_id';
  const inGroups = {
    sql: `${column} IN (SELECT value FROM json_each(@groups))`,
    parameters: { groups: writeList(groups.map(({ id }) => id)) },
  };
  // A group is of one dataset; without a look at it, samples are counted in their index by group.
  return purpose === 'count' && source === 's' ? [inGroups] : [within, inGroups];
}

/**
 * Results are counted in an index by group. Where they come in an order, or are looked up sample by sample, SQLite must not
 * use it; it knows nothing of the numbers and would. A plus before a column hides it from the choice of an index.
 */
function hint({ purpose, filter }: FilterParts): '' | '+' {
  const { attribution, concept, tags = [], text = '', duplicates } = filter;
  const isPlain = !attribution && !concept && tags.length === 0 && text === '' && duplicates !== false;
  return purpose === 'count' && isPlain && readerConditions(filter, '').length === 0 ? '' : '+';
}

function markConditions({ filter, source }: FilterParts): readonly Condition[] {
  const { tags = [], text, duplicates } = filter;
  const { id } = sources[source];
  const tagged = tags.map((tag, index) => ({
    sql: `${id} IN (SELECT sample_id FROM tags WHERE tag = @tag${index})`,
    parameters: { [`tag${index}`]: tag },
  }));
  const like = `path LIKE @text ESCAPE '\\'`;
  const matching =
    source === 's' ? `s.${like}` : `${id} IN (SELECT id FROM samples WHERE dataset_id = @dataset AND ${like})`;
  const pattern = `%${text?.replaceAll(/[\\%_]/g, '\\$&') ?? ''}%`;
  return [
    ...tagged,
    ...(text ? [{ sql: matching, parameters: { text: pattern } }] : []),
    ...(duplicates === false ? [{ sql: `${id} NOT IN (SELECT id FROM samples WHERE primary_id IS NOT NULL)` }] : []),
  ];
}

function predictionConditions(parts: FilterParts): readonly Condition[] {
  const { prediction } = parts.filter;
  if (!prediction) return [];
  const { predicted, correct, confidenceAbove, confidenceBelow, confidenceWithin } = prediction;
  return [
    ...(predicted === undefined ? [] : [predictedCondition(predicted)]),
    ...(correct === undefined ? [] : [judgedCondition(parts, correct)]),
    ...(confidenceAbove === undefined
      ? []
      : [{ sql: 'p.confidence >= @above', parameters: { above: confidenceAbove } }]),
    ...(confidenceBelow === undefined
      ? []
      : [{ sql: 'p.confidence < @below', parameters: { below: confidenceBelow } }]),
    ...(confidenceWithin === undefined ? [] : [withinCondition(confidenceWithin)]),
  ];
}

function predictedCondition(predicted: number | readonly number[]): Condition {
  if (typeof predicted === 'number') return { sql: 'p.predicted = @predicted', parameters: { predicted } };
  const sql = 'p.predicted IN (SELECT value FROM json_each(@predicted))';
  return { sql, parameters: { predicted: writeList(predicted) } };
}

function withinCondition(within: readonly (readonly [low: number, high: number])[]): Condition {
  const bands = within.map((_, band) => `(p.confidence >= @low${band} AND p.confidence < @high${band})`);
  const parameters = within.flatMap(([low, high], band) => [
    [`low${band}`, low] as const,
    [`high${band}`, high] as const,
  ]);
  return {
    sql: bands.length === 0 ? 'FALSE' : `(${bands.join(' OR ')})`,
    parameters: Object.fromEntries(parameters),
  };
}

function conceptConditions({ filter, groups, conceptClasses }: FilterParts): readonly Condition[] {
  if (!filter.concept) return [];
  const { shareAbove, shareBelow } = filter.concept;
  const share = shareOf('c');
  // A layer has rows of one sort alone: of relevance, which has an answer, or of activations, which have none.
  const answers = [...listAnswers(groups, undefined), ...listAnswers(groups, conceptClasses)];
  return [
    { sql: isAnswered, parameters: { answers: JSON.stringify(answers) } },
    ...(shareAbove === undefined ? [] : [{ sql: `${share} > @shareAbove`, parameters: { shareAbove } }]),
    ...(shareBelow === undefined ? [] : [{ sql: `${share} < @shareBelow`, parameters: { shareBelow } }]),
  ];
}

/** So many groups SQLite compares one after the other in less time than it finds one in a set. */
const MAX_GROUPS_COMPARED = 40;

/** Right is one class in each group, wrong any other class in that group; groups whose label is no class have neither. */
function judgedCondition(parts: FilterParts, correct: boolean): Condition {
  const findClass = createClassFinder(parts.classes);
  const answers = parts.groups.flatMap(({ id, label }) => {
    const answer = findClass(label);
    return answer === undefined ? [] : [[id, answer] as const];
  });
  const group = `${hint(parts)}p.group_id`;
  const isRight = `(${group}, p.predicted) IN (SELECT value ->> 0, value ->> 1 FROM json_each(@rightAnswers))`;
  const parameters = { rightAnswers: JSON.stringify(answers) };
  // The pairs of group and class that are right can be looked up in an index; those that are wrong cannot.
  if (correct) return { sql: isRight, parameters };
  if (answers.length > 0 && answers.length <= MAX_GROUPS_COMPARED) return compareGroups(answers);
  const isWrong = `${group} IN (SELECT value ->> 0 FROM json_each(@rightAnswers)) AND NOT ${isRight}`;
  return { sql: isWrong, parameters };
}

/** Without an ELSE, what is compared in other groups is NULL, which is neither equal nor unequal. */
function compareGroups(answers: readonly (readonly [group: number, answer: number])[]): Condition {
  const branches = answers.map((_, index) => `WHEN @group${index} THEN @answer${index}`);
  const parameters = answers.flatMap(([group, answer], index) => [
    [`group${index}`, group] as const,
    [`answer${index}`, answer] as const,
  ]);
  return {
    sql: `p.predicted <> CASE p.group_id ${branches.join(' ')} END`,
    parameters: Object.fromEntries(parameters),
  };
}
