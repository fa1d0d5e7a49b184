import type { Catalog } from '#core/catalog/index.ts';
import { readKeptCard } from '../quality/kept-card.ts';
import type { QualityCard } from '../quality/quality-record.ts';

interface CardQuestion {
  readonly dataset: number;
  /** Of the model's file. */
  readonly sha256: string;
  readonly composite: string;
}

/** The card measured last of a model's maps by a composite on a dataset; undefined where none was. */
export function findCard(catalog: Catalog, { dataset, sha256, composite }: CardQuestion): QualityCard | undefined {
  const model = catalog.models.find(sha256);
  const kept = model ? catalog.qualityCards.list(model.id) : [];
  return kept
    .filter((one) => one.dataset === dataset)
    .flatMap((one) => readKeptCard(one) ?? [])
    .find((card) => card.composite === composite);
}
