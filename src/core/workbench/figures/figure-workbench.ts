import type { ReadonlyCatalog } from '#core/catalog/index.ts';
import type { AuditRunner } from '../audit/audit-workbench.ts';
import type { JobControl } from '../job.ts';
import type { FigureRequest } from './figure-request.ts';
import { saveRequestedFigure, type FigureReport } from './save-requested-figure.ts';
import { verifyFigure, type VerifyReport, type VerifyRequest } from './verify/verify-figure.ts';

/** Figures that can be made again from what they say of themselves. */
export interface FigureWorkbench {
  /** Makes a figure and saves it. */
  saveFigure(request: FigureRequest, control?: JobControl): Promise<FigureReport>;
  /** Makes a saved figure again and tells every difference. */
  verifyFigure(request: VerifyRequest, control?: JobControl): Promise<VerifyReport>;
}

interface FigurePlace extends Pick<AuditRunner, 'onEngine'> {
  readonly readCatalog: () => ReadonlyCatalog;
  /** Undefined where there is none. */
  readonly findCatalog: () => ReadonlyCatalog | undefined;
}

export function figuresOf({ onEngine, readCatalog, findCatalog }: FigurePlace): FigureWorkbench {
  return {
    saveFigure: (request, control = {}) =>
      onEngine(control, (engine) => saveRequestedFigure({ engine, readCatalog }, request, control)),
    verifyFigure: (request, control = {}) =>
      onEngine(control, (engine) => verifyFigure({ engine, findCatalog }, request, control)),
  };
}
