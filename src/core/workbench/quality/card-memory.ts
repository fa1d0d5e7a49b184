import type { Catalog } from '#core/catalog/index.ts';
import type { OpenedModel } from '#core/engine/index.ts';
import type { Composite } from '#core/relevance/index.ts';
import { chooseLabels } from '../collection/choose-labels.ts';
import { enterModel, type IdentifiedModel } from '../collection/dataset-model.ts';
import { getDataset, listLabels } from '../collection/find-dataset.ts';
import { countClasses } from '../model-file.ts';
import type { StudyPicture } from '../robustness/study-pictures.ts';
import { lightboxVersion } from '../versions.ts';
import { readKeptCard } from './kept-card.ts';
import type { QualityCard } from './quality-record.ts';
import type { QualityRequest } from './quality-request.ts';

/** The cards the catalog has of a model on a dataset. */
export interface CardMemory {
  /** Measured with the same settings on the same pictures. */
  find(composite: Composite): QualityCard | undefined;
  keep(composite: Composite, card: QualityCard, opened: OpenedModel): void;
}

interface MemoryPlace {
  readonly catalog: Catalog;
  readonly request: QualityRequest;
  readonly identified: IdentifiedModel;
  readonly chosen: readonly StudyPicture[];
}

export function createCardMemory({ catalog, request, identified, chosen }: MemoryPlace): CardMemory {
  const dataset = getDataset(catalog, request.dataset ?? '');
  const { input } = identified.file.manifest.manifest;
  const { seed = 1, averageShifts = false, split = '', limit = 0 } = request;
  const describe = (composite: Composite): object => ({ input, composite, seed, averageShifts, split, limit });
  const pictures = chosen.map(({ sample }) => sample?.contentSha256).join();
  return {
    find: (composite) => {
      const model = catalog.models.find(identified.sha256);
      const setup = model && catalog.setups.find({ model: model.id, kind: 'quality', settings: describe(composite) });
      const kept = model && catalog.qualityCards.list(model.id).find((card) => card.setup === setup?.id && card.dataset === dataset.id); // prettier-ignore
      const card = kept && readKeptCard(kept);
      return card?.pictures.map(({ sha256 }) => sha256).join() === pictures ? card : undefined;
    },
    keep: (composite, card, opened) => {
      const datasetLabels = listLabels(catalog, dataset);
      const count = countClasses(opened.network);
      const { labels } = chooseLabels({ datasetLabels }, { file: identified.file, count });
      const model = enterModel(catalog, identified, { opened, labels });
      const setup = catalog.setups.insert({ model: model.id, kind: 'quality', settings: describe(composite) });
      const { provider, adapter } = opened;
      catalog.qualityCards.put({ setup: setup.id, dataset: dataset.id, card, origin: { version: lightboxVersion, provider, adapter } }); // prettier-ignore
    },
  };
}
