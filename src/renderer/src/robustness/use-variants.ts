import { skipToken, useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import type { CompositeName } from '#shared/composite-names.ts';
import type { VariantAnswer, VariantChoices, VariantQuestion } from '#shared/contract/robustness.ts';
import { api } from '../api/client.ts';
import { useExplain } from '../explain/explain-state.ts';
import type { Column } from './columns.ts';
import { useStress } from './stress-state.ts';

/** A cell on its way to the screen. */
export interface VariantCell {
  readonly variant: string;
  readonly answer: VariantAnswer | undefined;
  readonly fault: string | undefined;
  readonly isWaiting: boolean;
}

export interface VariantGrid {
  /** By column, then by variant; none where a model has no such class. */
  readonly cells: readonly (readonly VariantCell[])[];
  readonly done: number;
  readonly total: number;
  readonly isWorking: boolean;
  /** Asks for what is missing. */
  readonly ask: () => void;
  /** What has begun is finished and kept; the rest is not begun. */
  readonly cancel: () => void;
}

interface GridRequest {
  readonly sample: number;
  readonly composite: CompositeName;
  readonly columns: readonly Column[];
  readonly variants: readonly string[];
}

/** Results come in one after the other, as the workbench computes them or finds them. */
export function useVariantGrid({ sample, composite, columns, variants }: GridRequest): VariantGrid {
  const { averageShifts, stopped, asked, change } = useStress();
  const autoRun = useExplain((state) => state.autoRun);
  const queries = useQueryClient();
  const key = JSON.stringify([sample, composite, columns.map(({ model, target }) => [model.id, target]), variants, averageShifts]); // prettier-ignore
  // What a model predicts may differ from what another does: a class is waited for.
  const isSettled = columns.every(({ target }) => target !== 'predicted');
  const isWanted = stopped !== key && ((autoRun && isSettled) || asked === key);
  const known = columns.filter(({ target }) => target !== undefined);
  const questions = known.flatMap(({ model, target = 'predicted' }) =>
    variants.map((variant): VariantQuestion => ({
      sample,
      model: model.id,
      composite,
      target,
      variant,
      averageShifts,
    })),
  );
  const results = useQueries({
    queries: questions.map((input) =>
      api.robustness.variant.queryOptions({ input, enabled: isWanted, staleTime: Infinity }),
    ),
  });
  const cells = questions.map(({ variant }, at): VariantCell => {
    const { data, error, isFetching } = results[at] ?? {};
    return { variant, answer: data, fault: error?.message, isWaiting: isFetching ?? false };
  });
  return {
    cells: columns.map(({ target }, column) => {
      const first = columns.slice(0, column).filter((one) => one.target !== undefined).length * variants.length;
      return target === undefined ? [] : cells.slice(first, first + variants.length);
    }),
    done: cells.filter(({ answer }) => answer !== undefined).length,
    total: cells.length,
    isWorking: cells.some(({ isWaiting }) => isWaiting),
    ask: () => {
      change({ asked: key, stopped: undefined });
      for (const { error, refetch } of results) if (error) void refetch();
    },
    cancel: () => {
      change({ stopped: key });
      void queries.cancelQueries({ queryKey: api.robustness.variant.key() });
    },
  };
}

/** What can be done to pictures; undefined until it is known. */
export function useVariantChoices(): VariantChoices | undefined {
  return useQuery(api.robustness.choices.queryOptions({ staleTime: Infinity })).data;
}

export type AveragedQuestion = Omit<VariantQuestion, 'variant' | 'averageShifts'>;

/** The picture as it is, with its map averaged over one-pixel shifts; asked for when wanted. */
export function useAveragedAnswer(question: AveragedQuestion | undefined): ReturnType<typeof useQuery<VariantAnswer>> {
  const input = question ? { ...question, variant: 'unchanged', averageShifts: true } : skipToken;
  return useQuery<VariantAnswer>(api.robustness.variant.queryOptions({ input, staleTime: Infinity }));
}
