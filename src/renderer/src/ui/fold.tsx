import type { JSX, ReactNode } from 'react';
import './fold.css';
import { useFolds, type FoldName } from './fold-state.ts';

interface FoldProps {
  readonly name: FoldName;
  readonly title: string;
  readonly children: ReactNode;
}

/** A part of a panel that can be folded away, and stays as it was left. */
export function Fold({ name, title, children }: FoldProps): JSX.Element {
  const isOpen = useFolds(({ open }) => open[name]);
  return (
    <details
      className="fold"
      open={isOpen}
      onToggle={(event) => {
        useFolds.getState().fold(name, event.currentTarget.open);
      }}
    >
      <summary>{title}</summary>
      <div className="fold-content">{children}</div>
    </details>
  );
}
