import { ORPCError, type ClientContext, type ClientLink } from '@orpc/client';
import { RPCLink as SocketLink } from '@orpc/client/websocket';
import { create } from 'zustand';
import { connectOverBridge } from '../desktop/bridge-connection.ts';
import { bridge } from '../desktop/bridge.ts';
import { words } from '../ui/words.ts';

const RETRY_MS = 1000;

interface Connection {
  readonly isLost: boolean;
  /** What happened, where somebody knows it. */
  readonly reason: string | undefined;
  /** How often the workbench came back: what is shown may be old then. */
  readonly returns: number;
}

/** Whether the workbench can be reached. */
export const useConnection = create<Connection>(() => ({ isLost: false, reason: undefined, returns: 0 }));

function note(isLost: boolean, reason?: string): void {
  const { isLost: wasLost, returns } = useConnection.getState();
  useConnection.setState({ isLost, reason, returns: wasLost && !isLost ? returns + 1 : returns });
}

let link: ClientLink<ClientContext> = bridge
  ? connectOverBridge(bridge, {
      onLost: (sentence, next) => {
        link = next;
        note(true, sentence);
      },
      onBack: () => {
        note(false);
      },
    })
  : connectOverSocket();

/** One connection after the other: a host that was gone for a moment is found again. */
function connectOverSocket(): SocketLink<ClientContext> {
  const websocket = new WebSocket(new URL('/rpc', location.href.replace(/^http/, 'ws')));
  websocket.addEventListener('open', () => {
    note(false);
  });
  websocket.addEventListener('close', () => {
    note(true);
    window.setTimeout(() => {
      link = connectOverSocket();
    }, RETRY_MS);
  });
  return new SocketLink({ websocket });
}

/** Fails in a sentence where the connection is the reason. */
export const callWorkbench: ClientLink<ClientContext>['call'] = async (path, input, options) => {
  try {
    return await link.call(path, input, options);
  } catch (cause) {
    const { isLost, reason = words.connection.lost } = useConnection.getState();
    if (cause instanceof ORPCError || options.signal?.aborted || !isLost) throw cause;
    throw new Error(reason, { cause });
  }
};
