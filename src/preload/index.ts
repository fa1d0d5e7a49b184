/** The sandboxed bridge of the desktop window: two functions for the page, and the paths of what is dropped on it. */
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { Bridge, BridgeEvent, BridgeRequest } from '#shared/desktop/bridge.ts';
import { startBridge } from './start-bridge.ts';

startBridge({
  window,
  invoke: (channel: string, message: BridgeRequest) => ipcRenderer.invoke(channel, message),
  listen: (channel: string, listener: (event: BridgeEvent) => void) => {
    const onMessage = (_: unknown, event: BridgeEvent): void => {
      listener(event);
    };
    ipcRenderer.on(channel, onMessage);
    return () => ipcRenderer.off(channel, onMessage);
  },
  findPath: (file: File) => webUtils.getPathForFile(file),
  expose: (name: string, bridge: Bridge) => {
    contextBridge.exposeInMainWorld(name, bridge);
  },
});
