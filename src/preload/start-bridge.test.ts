import { expect, test } from 'vitest';
import {
  bridgeChannel,
  bridgeName,
  type Bridge,
  type BridgeEvent,
  type BridgeRequest,
} from '#shared/desktop/bridge.ts';
import { startBridge } from './start-bridge.ts';

/** A page and an Electron of a few lines: what preload does to either can be looked at. */
function startInPage() {
  const sent: (readonly [string, BridgeRequest])[] = [];
  const page = new EventTarget();
  const listeners = new Set<(event: BridgeEvent) => void>();
  const exposed = new Map<string, Bridge>();
  startBridge({
    window: page as Window,
    invoke: (channel, message) => Promise.resolve(sent.push([channel, message])),
    listen: (channel, listener) => {
      if (channel === bridgeChannel) listeners.add(listener);
      return () => listeners.delete(listener);
    },
    findPath: ({ name }) => (name === 'made up' ? '' : `/data/${name}`),
    expose: (name, bridge) => exposed.set(name, bridge),
  });
  return { sent, page, listeners, exposed };
}

const drop = (...names: readonly string[]): Event =>
  Object.assign(new Event('drop', { cancelable: true }), { dataTransfer: { files: names.map((name) => ({ name })) } });

test('the page is given two functions, under the name and over the channel the main process knows', async () => {
  const { exposed, sent, listeners } = startInPage();
  const bridge = exposed.get(bridgeName);
  expect([exposed.size, Object.keys(bridge ?? {})]).toEqual([1, ['request', 'subscribe']]);
  await bridge?.request({ kind: 'ready' });
  expect(sent).toEqual([[bridgeChannel, { kind: 'ready' }]]);
  const heard: BridgeEvent[] = [];
  const stop = bridge?.subscribe((event) => heard.push(event));
  const event: BridgeEvent = { kind: 'action', id: 'shell.jobs' };
  for (const listener of listeners) listener(event);
  stop?.();
  expect([heard, listeners.size]).toEqual([[event], 0]);
});

test('what is dropped is not navigated to; where it lies is told to the main process', () => {
  const { page, sent } = startInPage();
  const over = new Event('dragover', { cancelable: true });
  const [dropped, nothing] = [drop('films', 'made up'), drop('made up')];
  for (const event of [over, dropped, nothing]) page.dispatchEvent(event);
  expect([over, dropped, nothing].every(({ defaultPrevented }) => defaultPrevented)).toBe(true);
  expect(sent).toEqual([[bridgeChannel, { kind: 'dropped', paths: ['/data/films'] }]]);
});
