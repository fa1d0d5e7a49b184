import type { Catalog } from '#core/catalog/index.ts';
import type { MarksImportReport } from '#shared/marks/marks-file.ts';
import type { CatalogKeeper } from '../catalog-keeper.ts';
import { saveMarks, type MarksExportReport, type SaveMarksRequest } from '../collection/export-marks.ts';
import { importMarksFile } from '../collection/import-marks.ts';
import type { JobControl } from '../job.ts';
import type { ReaderAgreement } from './compare-readers.ts';
import { exportStudy, type StudyExportReport, type StudyExportRequest } from './export-study.ts';
import { importStudy, type StudyImportReport, type StudyImportRequest } from './import-study.ts';
import { computeAgreement, mergeStudies, type AgreementRequest, type MergeReport } from './merge-studies.ts';
import { saveAgreement } from './save-agreement.ts';

/** What readers carry between workstations. Everything throws LightboxError and nothing else. */
export interface StudyWorkbench {
  /** Saves what readers marked and judged, by the hashes of the pictures. */
  exportMarks(request: SaveMarksRequest): Promise<MarksExportReport>;
  /** Adds what readers marked and judged elsewhere to the pictures of this catalog. */
  importMarks(file: string): Promise<MarksImportReport>;
  /** Saves what readers said, by the hashes of the pictures; pictures come along where that was asked for. */
  exportStudy(request: StudyExportRequest, control?: JobControl): Promise<StudyExportReport>;
  /** Brings in what readers said elsewhere: all of it or nothing. */
  importStudy(request: StudyImportRequest, control?: JobControl): Promise<StudyImportReport>;
  /** How far two readers agree; saved as JSON and CSV where a folder is given. */
  compareStudies(request: AgreementRequest & { readonly outputFolder?: string | undefined }): Promise<ReaderAgreement>;
  /** Joins two readers' studies, with what they agree on under a third name. */
  mergeStudies(request: AgreementRequest & { readonly outputFile: string }): Promise<MergeReport>;
}

export function studiesOf(keeper: CatalogKeeper): StudyWorkbench {
  /** What goes out is written down, but no catalog is made to export from. */
  const openToExport = async (): Promise<Catalog> => {
    keeper.read();
    return keeper.write();
  };
  return {
    exportMarks: async (request) => saveMarks(await openToExport(), request),
    importMarks: async (file) => importMarksFile(await keeper.write(), file),
    exportStudy: async (request, control = {}) => exportStudy(await openToExport(), request, control),
    importStudy: async (request, control = {}) => importStudy(await keeper.write(), request, control),
    compareStudies: async ({ outputFolder, ...request }) => {
      const agreement = await computeAgreement(request);
      if (outputFolder !== undefined) await saveAgreement(agreement, outputFolder);
      return agreement;
    },
    mergeStudies,
  };
}
