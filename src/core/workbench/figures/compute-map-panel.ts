import { computePlanes, parseVariants, variantTitle } from '#core/imaging/index.ts';
import type { Engine } from '#core/engine/index.ts';
import { chooseComposites } from '../choose-composites.ts';
import { throwIfCancelled, type JobControl } from '../job.ts';
import { recordModel } from '../model-file.ts';
import { describeColumn } from '../robustness/picture-sheets.ts';
import { openStudyModel, type StudyModel } from '../robustness/study-model.ts';
import { studyPicture, type StudiedVersion, type StudyResult } from '../robustness/study-picture.ts';
import { zBoxBounds } from '../zbox-bounds.ts';
import type { ComputedCase, ComputedMap, ComputedPanel } from './computed-panel.ts';
import type { MapsRecipe } from './figure-recipe.ts';
import { titleOfModel } from './title-of-model.ts';
import { findTarget, type ReadPanel } from './read-panel.ts';

export interface PanelWork {
  readonly engine: Engine;
  readonly recipe: MapsRecipe;
  readonly control: JobControl;
  readonly step: (label: string) => void;
}

/** Versions computed together. */
const BATCH = 4;

/** A map for every picture, unchanged and changed, by every composite. */
export async function computeMapPanel(work: PanelWork, panel: ReadPanel): Promise<ComputedPanel> {
  const { engine, recipe, control } = work;
  const { file } = panel;
  const rows: string[] = [];
  let columns: readonly ComputedCase[] = [];
  let provider = '';
  for (const name of recipe.composites) {
    for (const composite of await chooseComposites(name, zBoxBounds(file))) {
      const model = await openStudyModel(engine, { file, composite, provider: recipe.provider }, control);
      try {
        const studies = await studyAll(work, panel, model);
        columns = joinMaps(columns, studies.flatMap(({ study, picture }) => casesOf(study, model, picture))); // prettier-ignore
        rows.push(composite.name);
        provider = model.opened.provider;
      } finally {
        await engine.release(model.opened.handle);
      }
    }
  }
  const model = await recordModel(file);
  return { model, heading: titleOfModel(model), rows, cases: columns, provider };
}

interface Studied {
  readonly study: StudyResult;
  readonly picture: string;
}

async function studyAll(work: PanelWork, { pictures }: ReadPanel, model: StudyModel): Promise<readonly Studied[]> {
  const { recipe, control, step } = work;
  const variants = recipe.kind === 'augmentations' ? parseVariants(recipe.variants, recipe.seed) : [];
  const studies: Studied[] = [];
  for (const { picture, label } of pictures) {
    throwIfCancelled(control);
    step(model.composite.name);
    const target = findTarget(recipe.target, label, model.labels);
    const study = await studyPicture(model, {
      ...{ planes: computePlanes(picture, model.file.manifest.manifest.input), sha256: picture.sha256, variants },
      options: { target, batchSize: BATCH, averageShifts: false, signal: control.signal },
    });
    studies.push({ study, picture: picture.sha256 });
  }
  return studies;
}

/** The picture as it is, then its variants; each with its one map. */
function casesOf(study: StudyResult, model: StudyModel, picture: string): readonly ComputedCase[] {
  const { original, variants } = study;
  const isVaried = variants.length > 0;
  const titled = variants.map(({ variant, version }) => ({ ...variantTitle(variant), version }));
  const versions = [{ title: isVaried ? 'Original' : '', note: '', version: original }, ...titled];
  return versions.map(({ title, note, version }): ComputedCase => {
    const { target } = study;
    const changed = version?.prediction.classes[target.index] ?? { ...target, logit: NaN, probability: NaN };
    return {
      ...{ title, note, picture, target: changed, predicted: version?.prediction ?? study.predicted },
      ...{ ...describeColumn(study, version), planes: version?.altered.planes },
      maps: [version && mapOf(version, model)],
    };
  });
}

const mapOf = ({ attributed: { sensed, turned } }: StudiedVersion, { meaning }: StudyModel): ComputedMap => ({
  ...{ values: sensed, turned, isGradient: meaning === 'gradient' },
});

function joinMaps(before: readonly ComputedCase[], next: readonly ComputedCase[]): readonly ComputedCase[] {
  if (before.length === 0) return next;
  return before.map((one, at) => ({ ...one, maps: [...one.maps, ...(next[at]?.maps ?? [])] }));
}
