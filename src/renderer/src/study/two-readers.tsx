import { Table, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type JSX } from 'react';
import type { AgreementView } from '#shared/contract/study.ts';
import { client } from '../api/client.ts';
import { FileField, Step, StepButton } from './study-step.tsx';
import { studyWords } from './study-words.ts';

/** How far two readers agree, which cases are left to settle, and both in one file. */
export function TwoReaders(): JSX.Element {
  const [first, setFirst] = useState('');
  const [second, setSecond] = useState('');
  const [file, setFile] = useState('');
  const comparing = useMutation({ mutationFn: () => client.study.compare({ first, second }) });
  const joining = useMutation({ mutationFn: () => client.study.merge({ first, second, file }) });
  const isReady = first !== '' && second !== '';
  return (
    <Step
      title={studyWords.two}
      outcome={joining.data && studyWords.joinedTo(joining.data.settled, joining.data.open)}
      fault={comparing.error?.message ?? joining.error?.message}
    >
      <FileField label={studyWords.first} file={first} onFile={setFirst} />
      <FileField label={studyWords.second} file={second} onFile={setSecond} />
      <StepButton {...{ label: studyWords.compare, isBusy: comparing.isPending, isReady }} onPress={comparing.mutate} />
      {comparing.data && <Agreement agreement={comparing.data} />}
      <FileField label={studyWords.joined} file={file} onFile={setFile} />
      <StepButton
        {...{ label: studyWords.join, isBusy: joining.isPending, isReady: isReady && file !== '' }}
        onPress={joining.mutate}
      />
    </Step>
  );
}

const mostShown = 200;

function Agreement({ agreement }: { readonly agreement: AgreementView }): JSX.Element {
  const { readers, kinds, differing } = agreement;
  return (
    <div data-testid="agreement">
      <Text size="sm">{studyWords.kappa(agreement)}</Text>
      {kinds.map(({ kind, meanDice, cases }) => (
        <Text key={kind} size="sm">
          {studyWords.dice(kind, meanDice, cases)}
        </Text>
      ))}
      <Text size="sm">{studyWords.settle(differing.length)}</Text>
      {differing.length > 0 && (
        <Table className="study-queue">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{studyWords.picture}</Table.Th>
              {readers.map((reader) => (
                <Table.Th key={reader}>{reader}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {differing.slice(0, mostShown).map(({ contentSha256, reason, verdicts }) => (
              <Table.Tr key={contentSha256} title={reason}>
                <Table.Td>{contentSha256.slice(0, 10)}</Table.Td>
                {readers.map((reader, at) => (
                  <Table.Td key={reader}>{verdicts[at] ?? studyWords.none}</Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </div>
  );
}
