import { Button, Group, Loader, Stack } from '@mantine/core';
import type { JSX } from 'react';
import { dataAddress } from '#shared/contract/contract.ts';
import { figureFormats, type FigureChoice } from '#shared/contract/figures.ts';
import type { Overview } from '#shared/contract/overview.ts';
import { FigureChoices } from './figure-choices.tsx';
import { figureWords } from './figure-words.ts';
import { ReportButton } from './report-button.tsx';
import { saveFigureFile, useFigureChoice, useFigurePreview } from './use-figure.ts';
import './figures.css';

/** A figure with its choices, as it will be saved, and the report. */
export function FiguresPanel({ overview }: { readonly overview: Overview }): JSX.Element {
  const choice = useFigureChoice(overview);
  return (
    <Stack gap="md" className="figures">
      <FigureChoices overview={overview} />
      {choice ? <Preview choice={choice} /> : <p className="quiet">{figureWords.noModel}</p>}
      {choice && <ReportButton dataset={choice.dataset} models={choice.models} />}
    </Stack>
  );
}

function Preview({ choice }: { readonly choice: FigureChoice }): JSX.Element {
  const made = useFigurePreview(choice);
  const address = made.data && dataAddress.figure(made.data.sha256, 'svg');
  return (
    <section aria-label={figureWords.preview} aria-busy={made.isFetching} className="figure-preview">
      {made.isError && (
        <p className="fault" role="alert">
          {made.error.message}
        </p>
      )}
      {made.isFetching && (
        <p className="quiet figure-making">
          <Loader size={12} aria-hidden /> {figureWords.making}
        </p>
      )}
      {address && !made.isError && (
        <a href={address} target="_blank" rel="noreferrer">
          <img src={address} alt={figureWords.kinds[choice.kind]} data-testid="figure" />
        </a>
      )}
      <Group gap={6}>
        {figureFormats.map((format) => (
          <Button
            key={format}
            {...{ size: 'compact-sm', variant: 'default', disabled: !made.data || made.isError }}
            onClick={() => void saveFigureFile(choice, format)}
          >
            {figureWords.save(format)}
          </Button>
        ))}
      </Group>
    </section>
  );
}
