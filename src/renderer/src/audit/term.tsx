import { Tooltip } from '@mantine/core';
import type { JSX, ReactNode } from 'react';
import { defineInWords, metrics, type MetricName } from '#shared/metrics/index.ts';

/** The name of a number, with what it is when it is pointed at or reached by the keyboard. */
export function Term({ name, children }: { readonly name: MetricName; readonly children: ReactNode }): JSX.Element {
  const { name: title, formula, meaning, source, undefinedWhen } = metrics[name];
  const label = (
    <>
      <strong>{title}</strong>
      <br />
      {formula}
      <br />
      {meaning}
      {source !== '' && ` (${source})`}
      {undefinedWhen !== '' && `. Undefined where ${undefinedWhen}.`}
    </>
  );
  return (
    <Tooltip
      {...{ label, multiline: true, w: 300, withArrow: true }}
      events={{ hover: true, focus: true, touch: true }}
    >
      <span className="term" tabIndex={0} aria-description={defineInWords(metrics[name])}>
        {children}
      </span>
    </Tooltip>
  );
}
