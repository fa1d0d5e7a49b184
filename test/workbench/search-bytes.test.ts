import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { deflateSync, gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { writeReportHtml, writeReportPdf, text, type ReportDocument } from '#core/figures/index.ts';
import { addPngText } from '#core/figures/png-text.ts';
import { drawNoise } from './small-study.ts';
import { searchBytes, searchFolder } from './search-bytes.ts';

const word = 'Quixote-77';
const report = (question: string): ReportDocument => ({
  ...{ title: 'Title', subtitle: '', footer: '', created: '2026-11-27T00:00:00Z', record: '{}' },
  sections: [{ title: 'Question', blocks: [text(question)] }],
});

const holders: Readonly<Record<string, () => Promise<Uint8Array> | Uint8Array>> = {
  'plain bytes': () => Buffer.from(`a ${word} b`),
  'another case': () => Buffer.from(word.toUpperCase()),
  'UTF-16, low byte first': () => Buffer.from(word, 'utf16le'),
  'UTF-16, high byte first': () => Buffer.from(word, 'utf16le').swap16(),
  'a PNG text chunk': async () => addPngText(await drawNoise(1), 'Comment', word),
  'a gzip': () => gzipSync(word),
  'a zip': () => zipSync({ 'a.txt': Buffer.from(word) }),
  'a name in a zip': () => zipSync({ [word]: Buffer.from('a') }),
  'words on a page of a PDF': () => writeReportPdf(report(`It is ${word}.`)),
  'a PDF stream': () =>
    Buffer.concat([Buffer.from('%PDF-1.7\nstream\n'), deflateSync(word), Buffer.from('\nendstream')]),
  'a web page': () => Buffer.from(writeReportHtml(report(word))),
  'base64 in a web page': () =>
    Buffer.from(`<img src="data:image/png;base64,${Buffer.from(`0123456789${word}`).toString('base64')}">`),
};

test.each(Object.keys(holders))('a word is found in %s', async (holder) => {
  const bytes = Buffer.from((await holders[holder]?.()) ?? []);
  expect(searchBytes(bytes, ['Panza', word]).map((found) => found.word)).toContain(word);
});

test('a word is found in the name of a file and of a folder, and nothing else is', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'lightbox-search-'));
  await writeFile(path.join(folder, `${word}.txt`), 'a');
  await writeFile(path.join(folder, 'b.pdf'), await writeReportPdf(report('Nothing.')));
  const traces = await searchFolder(folder, [word]);
  await rm(folder, { recursive: true });
  expect(traces).toEqual([{ word, file: `${word}.txt`, place: 'its name' }]);
});
