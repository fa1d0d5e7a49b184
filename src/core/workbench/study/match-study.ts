import type { ReadonlyCatalog } from '#core/catalog/index.ts';
import type { StudyManifest, StudySample } from '#shared/study/study-bundle.ts';

/** How a study fits a catalog. */
export interface StudyMatch {
  /** Samples of the study that some dataset shows. */
  readonly known: number;
  /** SHA-256 of those none shows. */
  readonly missing: readonly string[];
  /** Of those whose picture has another size here, so that marks would lie elsewhere. */
  readonly resized: readonly string[];
  /** SHA-256 of models that were never used here. */
  readonly unknownModels: readonly string[];
}

/** All hashes a sample of a study goes by: of its file where the study was made, and of the picture that came along. */
export const hashesOf = ({ contentSha256, picture }: StudySample): readonly string[] =>
  picture ? [contentSha256, picture.sha256] : [contentSha256];

/** Compares by hash alone; nothing is changed. */
export function matchStudy(catalog: ReadonlyCatalog, { samples, models }: StudyManifest): StudyMatch {
  const [missing, resized]: [string[], string[]] = [[], []];
  let known = 0;
  for (const sample of samples) {
    const here = hashesOf(sample).flatMap((hash) => catalog.samples.listByContent(hash));
    if (here.length === 0) missing.push(sample.contentSha256);
    else if (here.some((found) => found.width !== sample.width || found.height !== sample.height))
      resized.push(sample.contentSha256);
    else known++;
  }
  const unknownModels = models.flatMap(({ sha256 }) => (catalog.models.find(sha256) ? [] : [sha256]));
  return { known, missing, resized, unknownModels };
}
