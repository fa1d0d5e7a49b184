import path from 'node:path';
import { createVariant, fillNames } from '#core/audit/index.ts';
import type { Audit, ReadonlyCatalog } from '#core/catalog/index.ts';
import { showModelInput, writeDisplayPng, type InputRecipe } from '#core/imaging/index.ts';
import { findChanges, type CaseSettings } from '../../audit/case-settings.ts';
import { planRemoval } from '../../audit/test-region.ts';
import { findBasis, listTestedRegions } from '../../audit/tested-region.ts';
import { preparePicture } from '../../prepare-picture.ts';

/** PNG of what the model saw in a test: the picture, or without the mark or one control by one fill. Undefined where that is not to be had any more. */
export async function drawFilled(catalog: ReadonlyCatalog, name: string): Promise<Uint8Array | undefined> {
  const [, id, fillWord = '', removedWord = ''] = /^(\d{1,15})-([a-z_]+)-(mark|\d{1,2})$/.exec(name) ?? [];
  if (id === undefined) return undefined;
  const audit = catalog.audits.get(Number(id));
  const fill = fillNames.find((one) => one === fillWord.replaceAll('_', ' '));
  const removed = removedWord === 'mark' ? removedWord : Number(removedWord);
  const plan = await planAgain(catalog, audit);
  if (!plan || (!fill && fillWord !== 'original')) return undefined;
  const { controls, ...request } = plan;
  const shown = fill
    ? createVariant({ ...request, controls: controls.masks }, { fill, removed })?.picture
    : plan.picture;
  if (!shown) return undefined;
  const picture = showModelInput(shown.values, (audit.settings as CaseSettings).input as InputRecipe);
  return writeDisplayPng(picture, { width: shown.width, height: shown.height });
}

async function planAgain(
  catalog: ReadonlyCatalog,
  { sample: id, subject, settings }: Audit,
): Promise<ReturnType<typeof planRemoval> | undefined> {
  if (id === undefined) return undefined;
  const sample = catalog.samples.get(id);
  const dataset = catalog.datasets.get(sample.datasetId);
  const { input, seed, controls, ...then } = settings as CaseSettings;
  const now = { picture: sample.contentSha256 ?? '', basis: findBasis(catalog, id, subject) };
  if (findChanges({ input, seed, controls, ...then }, now).length > 0) return undefined;
  const recipe = input as InputRecipe;
  const tested = (await listTestedRegions({ catalog, dataset, recipe }, sample)).find((one) => one.subject === subject);
  if (!tested) return undefined;
  const prepared = await preparePicture(path.join(dataset.folder, sample.path), 0, { recipe });
  return planRemoval({ ...tested, tensor: prepared.input.tensor, controls, seed });
}
