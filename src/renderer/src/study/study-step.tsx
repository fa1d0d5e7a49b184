import { Button, Stack, Text, TextInput } from '@mantine/core';
import type { JSX, ReactNode } from 'react';

interface StepProps {
  readonly title: string;
  readonly outcome: string | undefined;
  readonly fault: string | undefined;
  readonly children: ReactNode;
}

/** One thing to do, and what came of it. */
export function Step({ title, outcome, fault, children }: StepProps): JSX.Element {
  return (
    <Stack gap={6} component="section" aria-label={title} className="study-step">
      <h3>{title}</h3>
      {children}
      {outcome !== undefined && (
        <Text size="sm" role="status">
          {outcome}
        </Text>
      )}
      {fault !== undefined && (
        <p className="fault" role="alert">
          {fault}
        </p>
      )}
    </Stack>
  );
}

interface FileFieldProps {
  readonly label: string;
  readonly file: string;
  readonly onFile: (file: string) => void;
}

export function FileField({ label, file, onFile }: FileFieldProps): JSX.Element {
  return (
    <TextInput
      {...{ size: 'xs', label, value: file }}
      onChange={(event) => {
        onFile(event.currentTarget.value);
      }}
    />
  );
}

interface StepButtonProps {
  readonly label: string;
  readonly isBusy: boolean;
  readonly isReady: boolean;
  readonly onPress: () => void;
}

export function StepButton({ label, isBusy, isReady, onPress }: StepButtonProps): JSX.Element {
  return (
    <Button
      {...{ size: 'compact-sm', variant: 'default', loading: isBusy, disabled: !isReady }}
      onClick={() => {
        onPress();
      }}
    >
      {label}
    </Button>
  );
}
