import type { CatalogKeeper } from '../catalog-keeper.ts';
import type { JobControl } from '../job.ts';
import type { ReaderAgreement } from './compare-readers.ts';
import { exportStudy, type StudyExportReport, type StudyExportRequest } from './export-study.ts';
import { importStudy, type StudyImportReport, type StudyImportRequest } from './import-study.ts';
import { computeAgreement, mergeStudies, type AgreementRequest, type MergeReport } from './merge-studies.ts';
import { saveAgreement } from './save-agreement.ts';

/** What readers carry between workstations. Everything throws LightboxError and nothing else. */
export interface StudyWorkbench {
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
  return {
    exportStudy: async (request, control = {}) => {
      // No catalog is made to export from.
      keeper.read();
      return exportStudy(await keeper.write(), request, control);
    },
    importStudy: async (request, control = {}) => importStudy(await keeper.write(), request, control),
    compareStudies: async ({ outputFolder, ...request }) => {
      const agreement = await computeAgreement(request);
      if (outputFolder !== undefined) await saveAgreement(agreement, outputFolder);
      return agreement;
    },
    mergeStudies,
  };
}
