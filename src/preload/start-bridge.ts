import type { Bridge, BridgeEvent, BridgeRequest } from '#shared/desktop/bridge.ts';

/** What preload takes from Electron and the page. */
export interface PreloadPlace {
  readonly window: Pick<Window, 'addEventListener'>;
  readonly invoke: (channel: string, message: BridgeRequest) => Promise<unknown>;
  /** Gives what ends it. */
  readonly listen: (channel: string, listener: (event: BridgeEvent) => void) => () => unknown;
  /** Where a dropped file lies; empty for one that lies nowhere. */
  readonly findPath: (file: File) => string;
  readonly expose: (name: string, bridge: Bridge) => void;
}

// Repeated here as values, so that the sandbox loads no schemas; a test holds them to #shared/desktop/bridge.ts.
const channel = 'lightbox';
const name = 'lightboxDesktop';

/** Two functions for the page, and nothing of Electron. */
export function startBridge({ window, invoke, listen, findPath, expose }: PreloadPlace): void {
  expose(name, {
    request: (message) => invoke(channel, message),
    subscribe: (listener) => {
      const stop = listen(channel, listener);
      return () => {
        stop();
      };
    },
  });
  // A file that is dropped must not be navigated to; the page itself never learns where it lies unless it is told.
  window.addEventListener('dragover', (event) => {
    event.preventDefault();
  });
  window.addEventListener('drop', (event) => {
    event.preventDefault();
    const paths = Array.from(event.dataTransfer?.files ?? [], findPath).filter((path) => path !== '');
    if (paths.length > 0) void invoke(channel, { kind: 'dropped', paths });
  });
}
