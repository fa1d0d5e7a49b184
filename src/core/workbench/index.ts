/** The workbench: what hosts use. Logic lives here; hosts read what users ask and show what comes of it. */
export { createWorkbench, type Workbench, type WorkbenchOptions } from './workbench.ts';
export type { JobControl, ProgressStep } from './job.ts';
export type { ExplainReport, ExplainRequest, PictureFailure } from './explain-request.ts';
export type { ExplanationRecord } from './explanation-record.ts';
export type { LayerDescription, ModelDescription, ValueDescription } from './describe-model.ts';
export type { CaseParity, ParityRequest } from './parity.ts';
export type { MapParity } from './parity-run.ts';
export type { SpeedRequest, SpeedRow } from './measure-speed.ts';
export { compositeNames } from '#core/relevance/index.ts';
export { architectureNames, type ArchitectureName } from '#core/networks/index.ts';
export { lightboxVersion } from './versions.ts';
