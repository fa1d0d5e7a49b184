import { ORPCError, type ClientContext, type ClientLink } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import { create } from 'zustand';
import { words } from '../ui/words.ts';

const place = new URL('/rpc', location.href.replace(/^http/, 'ws'));
const RETRY_MS = 1000;

/** Whether the workbench can be reached. `returns` counts how often it came back: what is shown may be old then. */
export const useConnection = create<{ readonly isLost: boolean; readonly returns: number }>(() => ({
  isLost: false,
  returns: 0,
}));

let link = connect();

/** One connection after the other: a host that was gone for a moment is found again. */
function connect(): RPCLink<ClientContext> {
  const websocket = new WebSocket(place);
  websocket.addEventListener('open', () => {
    const { isLost, returns } = useConnection.getState();
    if (isLost) useConnection.setState({ isLost: false, returns: returns + 1 });
  });
  websocket.addEventListener('close', () => {
    useConnection.setState({ isLost: true });
    window.setTimeout(() => {
      link = connect();
    }, RETRY_MS);
  });
  return new RPCLink({ websocket });
}

/** Fails in a sentence where the connection is the reason. */
export const callOverSocket: ClientLink<ClientContext>['call'] = async (path, input, options) => {
  try {
    return await link.call(path, input, options);
  } catch (cause) {
    if (cause instanceof ORPCError || options.signal?.aborted || !useConnection.getState().isLost) throw cause;
    throw new Error(words.connection.lost, { cause });
  }
};
