import { afterAll, describe, expect, it } from 'vitest';
import { openCatalog, type Catalog, type ReadonlyCatalog } from './catalog.ts';
import { createCatalogFolder, fillCatalog, makeSample } from './small-catalog.ts';

const folder = createCatalogFolder();
const { catalog, dataset } = fillCatalog(folder.file, [makeSample('a')]);
const reading = openCatalog(folder.file, { readonly: true });
afterAll(() => {
  reading.close();
  catalog.close();
  folder.remove();
});

/** Every function a catalog has, as `noun.verb`. */
const listCalls = (opened: object): readonly string[] =>
  Object.entries(opened).flatMap(([noun, value]: [string, unknown]) => {
    if (typeof value === 'function') return [noun];
    return typeof value === 'object' && value !== null ? Object.keys(value).map((verb) => `${noun}.${verb}`) : [];
  });

describe('a catalog opened for reading', () => {
  it('sees what another writes, at once', () => {
    catalog.samples.insertAll(dataset, [makeSample('b')]);
    expect(reading.samples.count({ dataset })).toBe(2);
  });

  it('sees one moment within a snapshot', () => {
    reading.snapshot(() => {
      expect(reading.samples.count({ dataset })).toBe(2);
      catalog.samples.insertAll(dataset, [makeSample('c')]);
      expect(reading.samples.count({ dataset })).toBe(2);
    });
    expect(reading.samples.count({ dataset })).toBe(3);
  });

  it('has no call that writes', () => {
    const writing = listCalls(catalog).filter((call) => !listCalls(reading).includes(call));
    expect(writing).toContain('samples.insertAll');
    expect(
      listCalls(reading).filter((call) => /insert|update|delete|start|save|compact|backup|transaction/.test(call)),
    ).toEqual([]);
  });

  it('is another type', () => {
    const writable: ReadonlyCatalog = catalog;
    expect(writable).toBe(catalog);
    // @ts-expect-error -- what reads cannot stand in for what writes
    const readable: Catalog = reading;
    expect(readable).toBe(reading);
    // @ts-expect-error -- samples of a catalog for reading cannot be inserted
    expect(reading.samples.insertAll).toBeUndefined();
  });

  it('cannot write even where the types are circumvented', () => {
    expect(() => {
      (reading as Catalog).transaction(() => undefined);
    }).toThrow();
  });
});

it('opening is found by any way of writing the path', () => {
  expect(openCatalog(`${folder.at('.')}/./study.catalog`, { readonly: true }).file).toBe(folder.file);
});
