import type { Catalog } from '#core/catalog/index.ts';
import type { Engine } from '#core/engine/index.ts';
import type { JobControl } from '../job.ts';
import type { DatasetAudit } from '#shared/contract/dataset-audit.ts';
import type { GroupingView } from '#shared/contract/groups.ts';
import { auditDataset, type DatasetAuditRequest } from '../dataset-audit/audit-dataset.ts';
import { saveDatasetAudit } from '../dataset-audit/save-dataset-audit.ts';
import { groupDataset, type GroupsRequest } from '../groups/group-dataset.ts';
import { saveGroups } from '../groups/save-groups.ts';
import { insertArtefact, type InsertionReport, type InsertionRequest } from './insert-artefact.ts';
import type { Ledger, LedgerRequest } from './ledger-request.ts';
import { writeLedger } from './ledger.ts';
import type {
  DatasetMarkReport,
  DatasetMarkRequest,
  PictureMarkReport,
  PictureMarkRequest,
} from './mark-test-request.ts';
import { runAnatomy, type AnatomyReport, type AnatomyRequest } from './run-anatomy.ts';
import { saveAnatomy, saveInsertion } from './save-audit-runs.ts';
import { saveLedger } from './save-ledger.ts';
import { saveDatasetMark, savePictureMark } from './save-mark-test.ts';
import { testDatasetRegion } from './test-dataset-region.ts';
import { testPictureMark } from './test-picture-mark.ts';

/** From suspicion to finding: where relevance lies, and what happens without what lies there. Results are saved where a folder is given. */
export interface AuditWorkbench {
  /** Books the relevance of a dataset's heatmaps into the regions of its pictures. */
  writeLedger(request: LedgerRequest, control?: JobControl): Promise<Ledger>;
  /** Takes a mark out of a picture and tells what that does to the model's answer. */
  testMark(request: PictureMarkRequest, control?: JobControl): Promise<PictureMarkReport>;
  /** The same on every picture of a dataset that has a region. */
  testRegionOfDataset(request: DatasetMarkRequest, control?: JobControl): Promise<DatasetMarkReport>;
  /** Judges a model on a dataset's pictures without their anatomy, and on anatomy alone. */
  runAnatomy(request: AnatomyRequest, control?: JobControl): Promise<AnatomyReport>;
  /** Pastes an artefact of some pictures into the others. */
  insertArtefact(request: InsertionRequest, control?: JobControl): Promise<InsertionReport>;
  /** What a dataset gives away before any network has seen it: features that tell the label, twins, marks that go with it. */
  auditDataset(request: DatasetAuditRequest, control?: JobControl): Promise<DatasetAudit>;
  /** Groups of maps of a class that are alike. */
  groupMaps(request: GroupsRequest, control?: JobControl): Promise<GroupingView>;
}

interface AuditPlace {
  readonly engine: Engine;
  readonly catalog: Catalog;
}

/** How work is run: the engine is stopped when the caller cancels. */
export interface AuditRunner {
  readonly onEngine: <Result>(control: JobControl, work: (engine: Engine) => Promise<Result>) => Promise<Result>;
  readonly onDataset: <Result>(control: JobControl, work: (place: AuditPlace) => Promise<Result>) => Promise<Result>;
}

type DatasetWork<Request, Result> = (place: AuditPlace, request: Request, control: JobControl) => Promise<Result>;

export function auditOf({ onEngine, onDataset }: AuditRunner): AuditWorkbench {
  const overDataset =
    <Request extends { readonly outputFolder?: string | undefined }, Result>(
      kind: string,
      work: DatasetWork<Request, Result>,
      save: (result: Result, folder: string) => Promise<void>,
    ) =>
    (request: Request, control: JobControl = {}): Promise<Result> =>
      onDataset(control, async (place) => {
        const result = await work(place, request, control);
        if (request.outputFolder === undefined) return result;
        place.catalog.log.append({ action: 'results/saved', subject: { kind } });
        await save(result, request.outputFolder);
        return result;
      });
  return {
    writeLedger: overDataset('ledger', writeLedger, saveLedger),
    testMark: (request, control = {}) =>
      onEngine(control, async (engine) => {
        const tested = await testPictureMark(engine, request, control);
        if (request.outputFolder !== undefined) await savePictureMark(tested, request.outputFolder);
        return tested.report;
      }),
    testRegionOfDataset: overDataset('mark test', testDatasetRegion, saveDatasetMark),
    runAnatomy: overDataset('anatomy', runAnatomy, saveAnatomy),
    insertArtefact: overDataset('insertion', insertArtefact, saveInsertion),
    auditDataset: overDataset(
      'dataset audit',
      ({ catalog }, request, control) => auditDataset(catalog, request, control),
      saveDatasetAudit,
    ),
    groupMaps: (request, control = {}) =>
      onDataset(control, async (place) => {
        const view = await groupDataset(place, request, control);
        if (request.outputFolder === undefined) return view;
        place.catalog.log.append({ action: 'results/saved', subject: { kind: 'groups' } });
        await saveGroups(place.catalog, view, request.outputFolder);
        return view;
      }),
  };
}
