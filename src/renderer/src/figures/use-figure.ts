import { keepPreviousData, skipToken, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { dataAddress } from '#shared/contract/contract.ts';
import type { FigureChoice, FigureFormat, MadeFigure } from '#shared/contract/figures.ts';
import type { Overview } from '#shared/contract/overview.ts';
import { api, client } from '../api/client.ts';
import { useChoices } from '../choices.ts';
import { useSelection } from '../gallery/selection.ts';
import { tellFault } from '../shell/notices.ts';
import { useFigureState } from './figure-state.ts';

/** A sheet takes no more pictures. */
const MOST_SELECTED = 24;

/** What is chosen now; undefined where no dataset is shown or no model is there. */
export function useFigureChoice(overview: Overview): FigureChoice | undefined {
  const list = useChoices((choices) => choices.list);
  const ids = useSelection((selection) => selection.ids);
  const { look, models: chosen, usesSelection } = useFigureState();
  if (!list) return undefined;
  const shown = overview.setups.find(({ id }) => id === list.prediction || id === list.attribution)?.modelId;
  const models = [...(chosen ?? (shown === undefined ? [] : [shown]))];
  if (models.length === 0 && look.kind !== 'samples') return undefined;
  const selected = usesSelection && look.kind !== 'samples' ? [...ids].slice(0, MOST_SELECTED) : [];
  return { ...look, dataset: list.dataset, models, ...(selected.length > 0 && { samples: selected }) };
}

/** The figure on the screen, made again whenever the choice changes; the one before stays until the next is there. */
export function useFigurePreview(choice: FigureChoice | undefined): UseQueryResult<MadeFigure> {
  return useQuery({
    ...api.figures.make.queryOptions({ input: choice ? { choice, format: 'svg' } : skipToken }),
    ...{ staleTime: Infinity, placeholderData: keepPreviousData, retry: false },
  });
}

/** Makes the file and hands it to the browser. */
export async function saveFigureFile(choice: FigureChoice, format: FigureFormat): Promise<void> {
  try {
    const { sha256 } = await client.figures.make({ choice, format });
    const link = document.createElement('a');
    link.href = dataAddress.figure(sha256, format);
    link.download = `figure-${choice.kind}.${format}`;
    link.click();
  } catch (cause) {
    tellFault(cause);
  }
}
