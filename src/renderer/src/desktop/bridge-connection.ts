import type { ClientContext } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import { openBridgePort, type BridgePort } from '#shared/desktop/bridge-port.ts';
import type { Bridge } from '#shared/desktop/bridge.ts';

export interface BridgeListener {
  /** The workbench is gone; a new link takes the place of the one whose calls were lost. */
  readonly onLost: (sentence: string, link: RPCLink<ClientContext>) => void;
  readonly onBack: () => void;
}

/** Calls over the desktop window's bridge. */
export function connectOverBridge(bridge: Bridge, { onLost, onBack }: BridgeListener): RPCLink<ClientContext> {
  let port = openBridgePort(bridge);
  bridge.subscribe((event) => {
    if (event.kind !== 'workbench') return;
    if (event.isThere) {
      onBack();
      return;
    }
    const before: BridgePort = port;
    port = openBridgePort(bridge);
    onLost(event.sentence, new RPCLink({ port }));
    before.close();
  });
  return new RPCLink({ port });
}
