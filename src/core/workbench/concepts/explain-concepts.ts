import type { Engine } from '#core/engine/index.ts';
import { LightboxError } from '#shared/errors.ts';
import { createProgress, throwIfCancelled, type JobControl } from '../job.ts';
import { makeFolder } from '../make-folder.ts';
import { createOutputNamer } from '../output-names.ts';
import { preparePicture } from '../prepare-picture.ts';
import { computeConcepts, openConceptContext } from './compute-concepts.ts';
import type { ConceptsReport } from './concepts-report.ts';
import type { ConceptsRequest } from './concepts-request.ts';
import { saveConceptView } from './save-concept-view.ts';

/** Steps of one picture: reading, relevance, maps, saving. */
const stepsEach = 4;

/**
 * Shows which concepts of which layers carry a picture's explanation, and where. A picture that cannot be read is reported and does
 * not stop the others; anything else throws.
 */
export async function explainConcepts(
  engine: Engine,
  request: ConceptsRequest,
  control: JobControl,
): Promise<ConceptsReport> {
  const step = createProgress(stepsEach * request.pictures.length + 1, control);
  step('opening the model');
  const context = await openConceptContext(engine, request, { control, step });
  const report: { views: ConceptsReport['views'][number][]; failures: ConceptsReport['failures'][number][] } = {
    views: [],
    failures: [],
  };
  try {
    const nameOutput = createOutputNamer(request.pictures, request.keepNames ?? false);
    for (const [position, picture] of request.pictures.entries()) {
      throwIfCancelled(control);
      step(`picture ${position + 1} of ${request.pictures.length}`);
      const { input: recipe } = context.file.manifest.manifest;
      const prepared = await preparePicture(picture, position, { recipe, shown: request.shown }).catch(asFailure);
      if (prepared instanceof LightboxError) {
        report.failures.push({ picture, error: prepared.toRecord() });
        continue;
      }
      const computed = await computeConcepts(context, prepared);
      await makeFolder(request.outputFolder);
      const stem = `${nameOutput({ ...prepared, sha256: prepared.picture.sha256 })}.concepts`;
      step('saving');
      report.views.push(await saveConceptView(context, computed, stem));
    }
  } finally {
    await engine.release(context.opened.handle);
  }
  return report;
}

/** Only what is wrong with a picture itself is the picture's failure. */
function asFailure(cause: unknown): LightboxError {
  const error = LightboxError.from(cause);
  if (error.code.startsWith('picture/')) return error;
  throw error;
}
