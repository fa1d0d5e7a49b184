import type { JSX } from 'react';
import './stress.css';
import type { VariantGrid } from './use-variants.ts';

/** How many cells are there, and a way to stop or to go on. */
export function GridProgress({ grid }: { readonly grid: VariantGrid }): JSX.Element {
  const { done, total, isWorking, ask, cancel } = grid;
  const isComplete = done === total;
  return (
    <span className="grid-progress">
      <span className="result-badge" role="status" data-testid="grid-progress">
        {isComplete ? `all ${total} in the catalog` : `${done} of ${total}${isWorking ? ', computing' : ''}`}
      </span>
      {isWorking && <progress max={total} value={done} aria-label="Computed" />}
      {!isComplete && (
        <button type="button" className="quiet-button" onClick={isWorking ? cancel : ask}>
          {isWorking ? 'Cancel' : 'Compute'}
        </button>
      )}
    </span>
  );
}
