import './study.css';
import { Checkbox, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type JSX } from 'react';
import type { Overview } from '#shared/contract/overview.ts';
import { client } from '../api/client.ts';
import { useChoices } from '../choices.ts';
import { useOpening } from '../opening/opening-state.ts';
import { FileField, Step, StepButton } from './study-step.tsx';
import { studyWords } from './study-words.ts';
import { TwoReaders } from './two-readers.tsx';

/** Marks and verdicts as a file, out and in, and two readers beside each other. */
export function StudyPanel({ overview }: { readonly overview: Overview }): JSX.Element {
  const dataset = useChoices((choices) => choices.list?.dataset) ?? overview.datasets[0]?.id;
  const given = useOpening((opening) => opening.study);
  return (
    <Stack gap="md">
      <Text size="sm" className="quiet">
        {studyWords.about}
      </Text>
      {dataset !== undefined && <SaveStudy dataset={dataset} />}
      <BringStudy key={given} given={given} />
      <TwoReaders />
    </Stack>
  );
}

function SaveStudy({ dataset }: { readonly dataset: number }): JSX.Element {
  const [file, setFile] = useState('');
  const [pictures, setPictures] = useState(false);
  const saving = useMutation({ mutationFn: () => client.study.export({ dataset, file, pictures }) });
  const { data } = saving;
  return (
    <Step title={studyWords.save} outcome={data && [studyWords.saved(data.samples, data.marks, data.reviews), ...data.warnings].join(' ')} fault={saving.error?.message}>
      <FileField label={studyWords.file} file={file} onFile={setFile} />
      <Checkbox
        {...{ size: 'xs', label: studyWords.pictures, checked: pictures }}
        onChange={(event) => {
          setPictures(event.currentTarget.checked);
        }}
      />
      <StepButton {...{ label: studyWords.save, isBusy: saving.isPending, isReady: file !== '' }} onPress={saving.mutate} />
    </Step>
  );
} // prettier-ignore

function BringStudy({ given = '' }: { readonly given: string | undefined }): JSX.Element {
  const [file, setFile] = useState(given);
  const queries = useQueryClient();
  const bringing = useMutation({
    mutationFn: () => client.study.import({ file }),
    onSuccess: () => queries.invalidateQueries(),
  });
  const { data } = bringing;
  return (
    <Step title={studyWords.bring} outcome={data && studyWords.brought(data.marks, data.reviews, data.known)} fault={bringing.error?.message}>
      <FileField label={studyWords.file} file={file} onFile={setFile} />
      <StepButton {...{ label: studyWords.bring, isBusy: bringing.isPending, isReady: file !== '' }} onPress={bringing.mutate} />
    </Step>
  );
} // prettier-ignore
