import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { zipSync, type Zippable } from 'fflate';
import { afterAll, describe, expect, it, test } from 'vitest';
import { limits } from '#shared/limits.ts';
import { describePart, loadBundle, readBundle, writeBundle, type NewBundle } from './index.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'lightbox-bundle-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const picture = Uint8Array.from({ length: 900 }, (_, at) => at % 251);
const pictureName = `pictures/${describePart(picture).sha256}.png`;
const study: NewBundle = {
  manifest: {
    program: '0.1.0',
    samples: [{ contentSha256: 'a'.repeat(64), width: 64, height: 48, picture: describePart(picture) }],
    models: [{ sha256: 'c'.repeat(64), title: 'A network', labels: ['one', 'two'] }],
    settings: [{ model: 'c'.repeat(64), kind: 'attribution', sha256: 'd'.repeat(64), settings: { composite: 'x' } }],
  },
  marks: { format: 'relevance-lightbox/marks', version: 1, samples: [] },
  pictures: new Map([[describePart(picture).sha256, picture]]),
};
const text = (content: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(content));
const marksBytes = text(study.marks);
const manifestBytes = text({
  ...{ format: 'relevance-lightbox/study', version: 1 },
  ...study.manifest,
  marks: describePart(marksBytes),
});
const parts = { 'manifest.json': manifestBytes, 'marks.json': marksBytes, [pictureName]: picture };

describe('a bundle', () => {
  it('is read as it was written, and the same content gives the same bytes', () => {
    const bytes = writeBundle(study);
    expect(readBundle(bytes, 'x')).toMatchObject({ manifest: study.manifest, marks: study.marks, pictures: study.pictures }); // prettier-ignore
    expect(writeBundle(study)).toEqual(bytes);
    expect(readBundle(zipSync(parts), 'x').pictures.size).toBe(1);
  });

  it.each(['UTC', 'Asia/Tokyo', 'America/New_York'])('does not depend on the clock of %s', (zone) => {
    const before = process.env['TZ'];
    process.env['TZ'] = zone;
    const { sha256 } = describePart(writeBundle(study));
    process.env['TZ'] = before;
    expect(sha256).toBe(describePart(writeBundle(study)).sha256);
  });
});

describe('is refused in a sentence:', () => {
  const without = (name: string): Zippable => Object.fromEntries(Object.entries(parts).filter(([part]) => part !== name)); // prettier-ignore
  const other = describePart(text('other'));
  const cases: readonly [string, Uint8Array, string][] = [
    ['no archive', text('no archive'), 'is damaged or no study bundle'],
    ['an empty file', new Uint8Array(), 'is damaged or no study bundle'],
    ['half an archive', zipSync(parts).subarray(0, 500), 'is damaged or no study bundle'],
    ['a part that leads up and out', zipSync({ ...parts, '../../evil.json': text(1) }), 'does not belong into one'],
    ['a part at an absolute place', zipSync({ ...parts, '/etc/evil.json': text(1) }), 'does not belong into one'],
    ['a part with a backslash', zipSync({ ...parts, 'pictures\\..\\x.png': text(1) }), 'does not belong into one'],
    ['a part with a file name', zipSync({ ...parts, 'pictures/Doe-Jane.png': picture }), 'does not belong into one'],
    ['a folder', zipSync({ ...parts, 'pictures/': new Uint8Array() }), 'does not belong into one'],
    ['a part twice', doubled(zipSync({ ...parts, 'marks.jso2': text(1) })), 'twice'],
    ['no manifest', zipSync(without('manifest.json')), 'it has no manifest.json'],
    ['no marks', zipSync(without('marks.json')), 'lacks marks.json'],
    ['no picture', zipSync(without(pictureName)), 'lacks pictures/'],
    ['another picture than its name says', zipSync({ ...parts, [pictureName]: text('other') }), 'or holds another one'],
    ['a picture of no sample', zipSync({ ...parts, [`pictures/${other.sha256}.png`]: text('other') }), 'belongs to no sample'],
    ['other marks', zipSync({ ...parts, 'marks.json': text({ ...study.marks, more: 1 }) }), 'lacks marks.json, or holds another one'],
    ['a manifest that is no JSON', zipSync({ ...parts, 'manifest.json': text(1).subarray(0, 0) }), 'is no JSON'],
    ['a later version', zipSync({ ...parts, 'manifest.json': text({ format: 'relevance-lightbox/study', version: 2 }) }), 'manifest.json, at version'],
    ['a part that unpacks to very much more', zipSync({ ...parts, 'marks.json': new Uint8Array(30_000_000) }), 'more than a study may'],
    ['a document that is too long', zipSync({ ...parts, 'marks.json': [new Uint8Array(limits.study.documentBytes + 1), { level: 0 }] }), 'more than a study may'],
  ]; // prettier-ignore

  test.each(cases)('%s', (_, bytes, sentence) => {
    expect(() => readBundle(bytes, 'x.lightbox-study')).toThrow(sentence);
    expect(() => readBundle(bytes, 'x.lightbox-study')).toThrow(/^"x\.lightbox-study" [^\n]+; ask for the bundle again\.$/);
  }); // prettier-ignore

  it('more parts than a study has', () => {
    const many = Object.fromEntries(
      Array.from({ length: limits.study.entries + 1 }, (_, at) => [`pictures/${at.toString(16).padStart(64, '0')}.png`, new Uint8Array()]),
    ); // prettier-ignore
    expect(() => readBundle(zipSync(many, { level: 0 }), 'x')).toThrow('more than a study may');
  });

  it('sizes that are made up', () => {
    const bytes = zipSync(parts);
    const view = new DataView(bytes.buffer);
    // Uncompressed sizes of the central directory (APPNOTE 4.3.12), 4 GB each.
    for (let at = 0; at < bytes.length - 46; at++)
      if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 0xfffffff0, true);
    expect(() => readBundle(bytes, 'x')).toThrow('more than a study may');
  });

  it('a file that is too large, is not there, or is a folder', async () => {
    const file = path.join(folder, 'large.lightbox-study');
    writeFileSync(file, '');
    truncateSync(file, limits.study.fileBytes + 1);
    await expect(loadBundle(file)).rejects.toThrow('larger than 1 GB');
    truncateSync(file, 0);
    await expect(loadBundle(file)).rejects.toThrow('is damaged');
    await expect(loadBundle(path.join(folder, 'none'))).rejects.toMatchObject({ code: 'request/invalid' });
    await expect(loadBundle(folder)).rejects.toThrow('is no file');
  });
});

/** An archive whose last part is called as the one before; zipSync itself never writes that. */
function doubled(bytes: Uint8Array): Uint8Array {
  return Buffer.from(Buffer.from(bytes).toString('latin1').replaceAll('marks.jso2', 'marks.json'), 'latin1');
}
