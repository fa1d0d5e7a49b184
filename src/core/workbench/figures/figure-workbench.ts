import type { AuditRunner } from '../audit/audit-workbench.ts';
import type { CatalogKeeper } from '../catalog-keeper.ts';
import { saveDatasetSheet, type SheetReport, type SheetRequest } from '../collection/dataset-sheet.ts';
import {
  saveSegmentations,
  type SegmentationsReport,
  type SegmentationsRequest,
} from '../collection/export-segmentations.ts';
import type { JobControl } from '../job.ts';
import type { ReportRequest, ReportSummary } from '../report/report-request.ts';
import { saveReport } from '../report/save-report.ts';
import type { FigureRequest } from './figure-request.ts';
import { saveRequestedFigure, type FigureReport } from './save-requested-figure.ts';
import { verifyFigure, type VerifyReport, type VerifyRequest } from './verify/verify-figure.ts';

/** What is made to be shown to others. */
export interface FigureWorkbench {
  /** Makes a figure that can be made again from what it says of itself, and saves it. */
  saveFigure(request: FigureRequest, control?: JobControl): Promise<FigureReport>;
  /** Makes a saved figure again and tells every difference. */
  verifyFigure(request: VerifyRequest, control?: JobControl): Promise<VerifyReport>;
  /** Saves sample pictures of a dataset, divided by class, as a figure. */
  saveDatasetSheet(request: SheetRequest): Promise<SheetReport>;
  /** Writes what was found of models on a dataset: PDF, web page and tables. */
  saveReport(request: ReportRequest, control?: JobControl): Promise<ReportSummary>;
  /** Saves what readers marked on DICOM pictures as DICOM segmentations. */
  exportSegmentations(request: SegmentationsRequest): Promise<SegmentationsReport>;
}

interface FigureRunner extends AuditRunner {
  readonly keeper: CatalogKeeper;
}

export function figuresOf({ onEngine, onDataset, keeper }: FigureRunner): FigureWorkbench {
  const readCatalog = (): ReturnType<CatalogKeeper['read']> => keeper.read();
  return {
    saveFigure: (request, control = {}) =>
      onEngine(control, (engine) => saveRequestedFigure({ engine, readCatalog }, request, control)),
    verifyFigure: (request, control = {}) =>
      onEngine(control, (engine) => verifyFigure({ engine, findCatalog: () => keeper.find() }, request, control)),
    saveDatasetSheet: (request) => saveDatasetSheet(keeper.read(), request),
    saveReport: (request, control = {}) =>
      onDataset(control, async (place) => {
        place.catalog.log.append({ action: 'results/saved', subject: { kind: 'report' } });
        return saveReport(place, request, control);
      }),
    exportSegmentations: async (request) => {
      // No catalog is made to export from.
      keeper.read();
      const catalog = await keeper.write();
      catalog.log.append({ action: 'results/saved', subject: { kind: 'segmentations' } });
      return saveSegmentations(catalog, request);
    },
  };
}
