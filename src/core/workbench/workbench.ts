import { createEngine, type Engine, type EngineOptions } from '#core/engine/index.ts';
import { describeModel, type ModelDescription } from './describe-model.ts';
import { explainPictures } from './explain.ts';
import type { ExplainReport, ExplainRequest } from './explain-request.ts';
import type { JobControl } from './job.ts';
import { measureSpeed, type SpeedRequest, type SpeedRow } from './measure-speed.ts';
import { checkParity, type CaseParity, type ParityRequest } from './parity.ts';

export type WorkbenchOptions = EngineOptions;

/** What the hosts (command line, later the window) can ask for. Everything throws LightboxError and nothing else. */
export interface Workbench {
  /** Explains pictures and saves the results. */
  explain(request: ExplainRequest, control?: JobControl): Promise<ExplainReport>;
  /** What is in a model, and the rule each composite (one, or `all`) gives its layers. */
  describeModel(modelPath: string, composites?: string): Promise<ModelDescription>;
  /** Compares relevance with reference cases. */
  checkParity(request: ParityRequest, control?: JobControl): Promise<readonly CaseParity[]>;
  /** Measures relevance against the forward pass. */
  measureSpeed(request: SpeedRequest, control?: JobControl): Promise<readonly SpeedRow[]>;
  close(): Promise<void>;
}

export function createWorkbench(options: WorkbenchOptions = {}): Workbench {
  const engine = createEngine(options);
  return {
    explain: (request, control = {}) => closeOnAbort(engine, control, () => explainPictures(engine, request, control)),
    describeModel,
    checkParity: (request, control = {}) => closeOnAbort(engine, control, () => checkParity(engine, request, control)),
    measureSpeed: (request, control = {}) => measureSpeed(request, options, control),
    close: () => engine.close(),
  };
}

/** A run cannot be interrupted, its process can: calls not answered then throw `job/cancelled`. */
async function closeOnAbort<Result>(
  engine: Engine,
  { signal }: JobControl,
  work: () => Promise<Result>,
): Promise<Result> {
  const close = (): void => void engine.close();
  signal?.addEventListener('abort', close);
  try {
    return await work();
  } finally {
    signal?.removeEventListener('abort', close);
  }
}
