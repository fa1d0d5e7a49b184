import { Tooltip } from '@mantine/core';
import type { JSX, ReactNode } from 'react';
import { auditDefinitions, type DefinitionName } from '#shared/audit-definitions.ts';

/** In one line, for what a tooltip would be in the way of. */
export const defineInWords = (name: DefinitionName): string => {
  const { name: title, formula, remark } = auditDefinitions[name];
  return `${title} = ${formula}; ${remark}`;
};

/** The name of a number, with what it is when it is pointed at or reached by the keyboard. */
export function Term({ name, children }: { readonly name: DefinitionName; readonly children: ReactNode }): JSX.Element {
  const { name: title, formula, remark } = auditDefinitions[name];
  const label = (
    <>
      <strong>{title}</strong>
      <br />
      {formula}
      <br />
      {remark}
    </>
  );
  return (
    <Tooltip
      {...{ label, multiline: true, w: 300, withArrow: true }}
      events={{ hover: true, focus: true, touch: true }}
    >
      <span className="term" tabIndex={0} aria-description={defineInWords(name)}>
        {children}
      </span>
    </Tooltip>
  );
}
