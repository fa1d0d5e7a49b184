import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { writeJpeg2000 } from '#core/imaging/dicom/hand-made-codestreams.ts';
import { layoutElements, uids, writeHandMadeDicom } from '#core/imaging/dicom/hand-made-dicom.ts';
import { examineSample, type ExaminedSample, type SampleFiles } from '#core/workbench/collection/examine-sample.ts';
import { createExaminer } from '#core/workbench/collection/examiner.ts';
import { startExaminingThread, type ExaminingThread } from '#core/workbench/collection/examining-thread.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'lightbox-examine-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const side = 40;
const pixels = Uint8Array.from({ length: side * side }, (_, at) => (at * 7919) % 251);
const at = (name: string): string => path.join(folder, name);
const draw = (format: 'png' | 'jpeg' | 'tiff', values = pixels): Promise<Buffer> =>
  sharp(values, { raw: { width: side, height: side, channels: 1 } })
    .toFormat(format)
    .toBuffer();

function chunkOf(kind: string, content: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(kind), content]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** A PNG (W3C, third edition, 5 and 11.2) of a few kilobytes that unpacks to far more than its header says. */
function writeBomb(): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(64, 0);
  header.writeUInt32BE(64, 4);
  header[8] = 8;
  const content = deflateSync(Buffer.alloc(2 ** 24));
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  return Buffer.concat([
    ...[signature, chunkOf('IHDR', header), chunkOf('IDAT', content), chunkOf('IEND', Buffer.alloc(0))],
  ]);
}

async function writeDicom(isDamaged: boolean): Promise<Uint8Array> {
  const stream = await writeJpeg2000({ width: side, height: side, components: 1, precision: 8, bytes: pixels });
  if (isDamaged) stream.fill(0xff, stream.length / 2);
  const layout = { columns: side, rows: side, bitsAllocated: 8 };
  const elements = layoutElements(layout);
  return writeHandMadeDicom({ elements, pixels: { fragments: [stream] }, syntax: uids.jpeg2000 });
}

const names = [
  'a.png',
  'a.jpg',
  'a.tif',
  'a.dcm',
  'cut.png',
  'bomb.png',
  'torn.dcm',
  'empty.png',
  'none.png',
  'folder',
];
beforeAll(async () => {
  await mkdir(at('folder'));
  const png = await draw('png');
  const files = {
    ...{ 'a.png': png, 'a.jpg': await draw('jpeg'), 'a.tif': await draw('tiff'), 'a.dcm': await writeDicom(false) },
    ...{ 'cut.png': png.subarray(0, 90), 'bomb.png': writeBomb(), 'torn.dcm': await writeDicom(true), 'empty.png': '' },
    'mask.png': await draw('png', new Uint8Array(side * side)),
  };
  for (const [name, content] of Object.entries(files)) await writeFile(at(name), content);
});

const filesOf = (name: string): SampleFiles => ({
  ...{ folder, path: name, mark: { bytes: 7, mtimeMs: 8 } },
  masks: [
    { kind: 'lung', path: 'mask.png' },
    { kind: 'infection', path: 'none.png' },
  ],
});
/** Bytes of whatever kind of array. */
const plain = ({ thumbnail, ...rest }: ExaminedSample): unknown => ({
  ...rest,
  thumbnail: thumbnail && [...thumbnail],
});

async function startReady(script?: URL): Promise<ExaminingThread> {
  const thread = startExaminingThread(script);
  onTestFinished(() => thread.close());
  while (thread.load === undefined) await wait(5);
  return thread;
}

describe('a thread that looks at pictures', () => {
  it('finds what this thread finds, in good files and bad ones', async () => {
    const thread = await startReady();
    const here: ExaminedSample[] = [];
    for (const name of names) {
      const [found, expected] = [await thread.examine(filesOf(name)), await examineSample(filesOf(name))];
      expect(plain(found)).toEqual(plain(expected));
      here.push(expected);
    }
    const unreadable = here.flatMap(({ facts }, at) => (facts.unreadable === undefined ? [] : [names[at]]));
    expect(unreadable).toEqual(['cut.png', 'torn.dcm', 'empty.png', 'none.png', 'folder']);
    expect(here[0]).toMatchObject({ masks: [{ isEmpty: true }, { kind: 'infection', path: 'none.png' }] });
  });

  it('tells of a failure of the program as one', async () => {
    const thread = await startReady();
    const broken = { ...filesOf('a.png'), folder: undefined as unknown as string };
    await expect(thread.examine(broken)).rejects.toMatchObject({ name: 'LightboxError', code: 'internal' });
    expect((await thread.examine(filesOf('a.png'))).facts.width).toBe(side);
  });

  it.each([
    ['that ends', 'process.exit(3)', 'exit code 3'],
    ['that fails', `throw new Error('no more')`, 'no more'],
  ])('%s leaves nobody waiting', async (_, act, reason) => {
    const code = `import { parentPort } from 'node:worker_threads';
      parentPort.on('message', () => { ${act} }); parentPort.postMessage({ isReady: true });`;
    const thread = await startReady(new URL(`data:text/javascript,${encodeURIComponent(code)}`));
    const sentence = `A thread that reads pictures has ended (${reason}); import the folder again.`;
    const asked = [thread.examine(filesOf('a.png')), thread.examine(filesOf('a.jpg'))];
    const error = { code: 'internal', message: sentence } as unknown;
    expect(await Promise.allSettled(asked)).toMatchObject([{ reason: error }, { reason: error }]);
    expect(thread.load).toBeUndefined();
  });

  it('that is closed leaves nobody waiting either', async () => {
    const thread = await startReady();
    const asked = thread.examine(filesOf('a.dcm'));
    expect(thread.load).toBe(1);
    await Promise.all([expect(asked).rejects.toMatchObject({ code: 'job/cancelled' }), thread.close()]);
  });

  it('that cannot start is never ready', async () => {
    const thread = startExaminingThread(new URL('./no-such-file.ts', import.meta.url));
    await wait(300);
    expect(thread.load).toBeUndefined();
    await thread.close();
  });
});

describe('an examiner', () => {
  it.each([1, 3])('gives the same on %i threads, before and after they are there', async (threads) => {
    const examiner = createExaminer({ threads, patienceMs: 0 });
    onTestFinished(() => examiner.close());
    const good = ['a.png', 'a.jpg', 'a.tif', 'a.dcm', 'bomb.png', 'empty.png', 'none.png'];
    const here = await Promise.all(good.map(async (name) => plain(await examineSample(filesOf(name)))));
    for (let round = 0; round < 20; round++) {
      // Begun in the second round; by the tenth they should be there.
      if (round === 10) await wait(1500);
      const found = await Promise.all(good.map((name) => examiner.examine(filesOf(name))));
      expect(found.map(plain)).toEqual(here);
    }
  });
});
