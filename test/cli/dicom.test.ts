import { writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeJpeg2000 } from '#core/imaging/dicom/hand-made-codestreams.ts';
import { uids, wordBytes, writeHandMadePicture } from '#core/imaging/dicom/hand-made-dicom.ts';
import { tags } from '#core/imaging/dicom/tags.ts';
import { createNormalValues } from '#core/networks/index.ts';
import type { ExplainReport } from '#core/workbench/index.ts';
import { runLightbox } from './run-lightbox.ts';
import { createSmallWorld, type SmallWorld } from './small-world.ts';

const [width, height] = [48, 40];
const patient = 'Doe^Jane-4711';

let world: SmallWorld;
beforeAll(async () => {
  world = await createSmallWorld(0);
  const noise = createNormalValues('film', width * height, { mean: 2000, deviation: 500 });
  const bytes = wordBytes(Uint16Array.from(noise, (value) => Math.min(4095, Math.max(0, value))));
  const stream = await writeJpeg2000({ width, height, components: 1, precision: 16, bytes });
  const film = writeHandMadePicture({
    layout: { columns: width, rows: height, bitsStored: 12 },
    more: [
      [tags.patientId, 'LO', patient],
      [tags.windowCenter, 'DS', '2048'],
      [tags.windowWidth, 'DS', '4096'],
    ],
    pixels: { fragments: [stream] },
    syntax: uids.jpeg2000,
  });
  await writeFile(world.at('film.png'), film);
  await writeFile(world.at('cut.dcm'), film.subarray(0, 900));
});
afterAll(() => world.remove());

describe('explain takes DICOM files', () => {
  test('by content; standard output stays JSON, and the patient stays out of it', async () => {
    const args = ['explain', world.at('film.png'), '--model', world.modelPath, '--out', world.at('out'), '--json'];
    const { code, stdout, stderr } = await runLightbox(args);
    expect(code).toBe(0);
    const report = JSON.parse(stdout) as ExplainReport;
    expect(report.explanations[0]?.picture).toMatchObject({ format: 'dicom', width, height, depth: 16, channels: 1 });
    expect(report.explanations[0]?.warnings).toContain('Grey levels follow a window of the file.');
    expect(`${stdout}${stderr}`).not.toContain(patient);
  });

  const explainShown = (out: string, ...args: string[]): ReturnType<typeof runLightbox> =>
    runLightbox(['explain', world.at('film.png'), '--model', world.modelPath, '--out', world.at(out), ...args]);

  test.each([
    ['2000,500', 'Grey levels follow a chosen window.', { center: 2000, width: 500, function: 'LINEAR' }],
    ['2000,500,SIGMOID', 'Grey levels follow a chosen window.', { center: 2000, width: 500, function: 'SIGMOID' }],
    ['full-range', 'Grey levels span its lowest to its highest value.', 'full-range'],
    ['0', 'Grey levels follow a window of the file.', 0],
  ])('shown by the window %s, which is recorded', async (window, sentence, recorded) => {
    const { code, stdout } = await explainShown(`window ${window}`, '--window', window, '--frame', '0', '--json');
    expect(code).toBe(0);
    const [explanation] = (JSON.parse(stdout) as ExplainReport).explanations;
    expect(explanation?.warnings).toContain(sentence);
    expect(explanation?.preprocessing.shown).toEqual({ frame: 0, window: recorded });
  });

  test.each([
    [['--window', '7'], /1 windows, counted from 0; there is no window 7.*\[request\/invalid\]/],
    [['--frame', '3'], /1 frames, counted from 0; there is no frame 3.*\[request\/invalid\]/],
    [['--window', '12'.repeat(2) + ',x'], /CENTER,WIDTH/],
    [['--window', '100,-5'], /\[request\/invalid\]/],
  ])('and %j is refused in a sentence', async (args, sentence) => {
    const { code, stdout, stderr } = await explainShown('refused', ...args);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(sentence);
    expect(await world.list(world.at('refused'))).toEqual([]);
  });

  test('and names one that is cut off, going on with the others', async () => {
    const pictures = [world.at('cut.dcm'), world.at('film.png')];
    const { code, stderr, stdout } = await runLightbox([
      ...['explain', ...pictures, '--model', world.modelPath, '--out', world.at('two')],
    ]);
    expect(code).not.toBe(0);
    expect(stderr).toContain('cut.dcm is cut off');
    expect(stdout).toContain('Saved in');
  });
});
