import type { ReadableDatabase, WritableDatabase } from './database/database.ts';
import { LightboxError } from '#shared/errors.ts';
import { withoutNulls, type Stored } from './rows.ts';

/** A layer of a model under a setup: where what its channels carry is kept. */
export interface NewConceptLayer {
  readonly setup: number;
  readonly name: string;
  readonly channels: number;
  /** Positions; undefined where the layer has none (fully connected). */
  readonly height: number | undefined;
  readonly width: number | undefined;
}

export interface ConceptLayer extends NewConceptLayer {
  readonly id: number;
}

export interface ConceptLayerReader {
  /** Throws `request/invalid`. */
  get(id: number): ConceptLayer;
  /** In the order in which they were put in. */
  list(setup: number): readonly ConceptLayer[];
}

export interface ConceptLayerWriter extends ConceptLayerReader {
  /** The same layer again is the one that is there. Layers come back in the order given. */
  insertAll(layers: readonly NewConceptLayer[]): readonly ConceptLayer[];
}

const select = 'SELECT id, setup_id AS setup, name, channels, height, width FROM concept_layers';

export function readConceptLayers(database: ReadableDatabase): ConceptLayerReader {
  const byId = database.read<[number], Stored<ConceptLayer>>(`${select} WHERE id = ?`);
  const bySetup = database.read<[number], Stored<ConceptLayer>>(`${select} WHERE setup_id = ? ORDER BY id`);
  return {
    get: (id) => toLayer(byId.find(id) ?? unknownLayer(id)),
    list: (setup) => bySetup.list(setup).map(toLayer),
  };
}

export function writeConceptLayers(database: WritableDatabase): ConceptLayerWriter {
  const reader = readConceptLayers(database);
  const insertRow = database.write<[object]>(
    `INSERT INTO concept_layers (setup_id, name, channels, height, width)
     VALUES (@setup, @name, @channels, @height, @width) ON CONFLICT DO NOTHING`,
  );
  const insert = (layer: NewConceptLayer): ConceptLayer => {
    insertRow.run(layer);
    const found = reader.list(layer.setup).find(({ name }) => name === layer.name);
    return found ?? unknownLayer(0);
  };
  return { ...reader, insertAll: (layers) => database.transaction(() => layers.map(insert)) };
}

const toLayer = (row: Stored<ConceptLayer>): ConceptLayer => withoutNulls<ConceptLayer>(row);

function unknownLayer(id: number): never {
  throw new LightboxError('request/invalid', `There is no layer ${id} in the catalog; list the layers of the setup.`);
}
