import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { longestMessage } from '#shared/desktop/bridge.ts';
import { openDesktopOnWorld, type DesktopOnWorld } from './desktop-on-world.ts';
import { createPageClient, type OpenedDesktop } from './open-desktop.ts';
import { StandInWindow } from './stand-in-window.ts';

let place: DesktopOnWorld;
let opened: OpenedDesktop;

beforeAll(async () => {
  place = await openDesktopOnWorld();
  ({ opened } = place);
});
afterAll(() => place.close());

describe('the one channel', () => {
  const call = { kind: 'ready' };

  test('answers the page’s calls by the contract', async () => {
    const { datasets } = await opened.client.overview();
    expect(datasets.map(({ name, groups }) => [name, groups[0]?.count])).toEqual([['small', 3]]);
  });

  test('a call that fails crosses as its sentence', async () => {
    await expect(opened.client.folders.list({ path: place.world.at('nowhere') })).rejects.toThrow('There is no folder');
  });

  test.each([
    ['of another place', { url: 'https://example.org/', parent: null }],
    ['of a host that looks like it', { url: 'app://lightbox.example.org/', parent: null }],
    ['of a file', { url: 'file:///tmp/index.html', parent: null }],
    ['within the page', { url: 'app://lightbox/', parent: {} }],
    ['that is gone', null],
  ])('a frame %s is refused', async (_, senderFrame) => {
    const asked = opened.electron.invokeAs({ sender: opened.main.webContents, senderFrame }, call);
    await expect(asked).rejects.toThrow('It did not come from the page of this window');
  });

  test('a page of no window of ours is refused', async () => {
    const stranger = new StandInWindow({});
    await stranger.loadURL('app://lightbox/');
    await expect(opened.electron.invoke(stranger, call)).rejects.toThrow('did not come from the page');
  });

  test.each([
    ['nothing', undefined],
    ['a text', 'ready'],
    ['an unknown kind', { kind: 'run', command: 'ls' }],
    ['more than there is', { kind: 'ready', more: 1 }],
    ['a call that is no text', { kind: 'call', text: { i: '1' } }],
    ['a path that is no text', { kind: 'dropped', paths: [1] }],
  ])('%s is refused', async (_, message) => {
    await expect(opened.electron.invoke(opened.main, message)).rejects.toThrow('none of the messages');
  });

  test('two messages at once are refused', async () => {
    await expect(opened.electron.invoke(opened.main, call, call)).rejects.toThrow('more than one thing');
  });

  test('a message that is too long is refused, and the call with it', async () => {
    const text = 'x'.repeat(longestMessage + 1);
    await expect(opened.electron.invoke(opened.main, { kind: 'call', text })).rejects.toThrow('too long');
    await expect(opened.client.folders.list({ path: text })).rejects.toThrow('It is too long');
  });

  test('an unknown method and a wrong argument are answered as such', async () => {
    const unknown = opened.client as unknown as { readonly shell: { run(command: string): Promise<unknown> } };
    await expect(unknown.shell.run('ls')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(opened.client.samples.view({ id: 'one' as unknown as number })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
  });

  test('what is no call at all does not disturb the workbench', async () => {
    const { processId } = opened.desktop.workbench;
    for (const text of ['', '{', '[]', '{"i":1}', '{"i":"1","p":{"u":"https://example.org/"}}', '{"i":"x","p":null}'])
      await opened.electron.invoke(opened.main, { kind: 'call', text });
    await mkdir(path.join(opened.folder, 'empty'));
    expect((await opened.client.folders.list({ path: path.join(opened.folder, 'empty') })).folders).toEqual([]);
    expect(opened.desktop.workbench.processId).toBe(processId);
  });

  test('each page is answered alone', async () => {
    await opened.electron.invoke(opened.main, { kind: 'picture-window' });
    const picture = opened.electron.windows.at(-1) ?? opened.main;
    expect(picture).not.toBe(opened.main);
    expect(picture.webContents.mainFrame.url).toBe('app://lightbox/?picture');
    expect(picture.options.webPreferences).toEqual(opened.main.options.webPreferences);
    const before = opened.main.webContents.told.length;
    const client = createPageClient(opened.electron, picture);
    expect((await client.overview()).datasets).toHaveLength(1);
    expect(opened.main.webContents.told.length).toBe(before);
    picture.close();
  });
});
