import type { Bridge } from './bridge.ts';

type Listener = (event?: { readonly data: unknown }) => void;

/** The page's end of its calls over the bridge: to oRPC, what a MessagePort is. */
export interface BridgePort {
  on(event: string, listener: Listener): void;
  postMessage(message: unknown): void;
  /** Fails the calls that wait: nobody will answer them. */
  close(): void;
}

export function openBridgePort(bridge: Bridge): BridgePort {
  const listeners = new Map<string, Listener>();
  const deliver = (text: string): void => {
    listeners.get('message')?.({ data: text });
  };
  const stop = bridge.subscribe((event) => {
    if (event.kind === 'answer') deliver(event.text);
  });
  return {
    on: (event, listener) => {
      listeners.set(event, listener);
    },
    postMessage: (message) => {
      // The contract has no bytes: they travel by the data route.
      if (typeof message !== 'string') throw new TypeError('A call is text.');
      bridge.request({ kind: 'call', text: message }).catch((cause: unknown) => {
        deliver(writeRefusal(message, cause));
      });
    },
    close: () => {
      stop();
      listeners.get('close')?.();
    },
  };
}

const RESPONSE = 2;
const unprocessable = 422;

/** The answer to a call that did not get through, in the words of the wire. */
function writeRefusal(call: string, cause: unknown): string {
  const { i } = JSON.parse(call) as { readonly i: string };
  const message = readSentence(cause);
  const error = { defined: false, code: 'LIGHTBOX', status: unprocessable, message };
  return JSON.stringify({ i, t: RESPONSE, p: { s: unprocessable, b: { json: error } } });
}

/** Electron puts its own words before those of the main process. */
function readSentence(cause: unknown): string {
  const text = cause instanceof Error ? cause.message : String(cause);
  return text.replace(/^Error invoking remote method '[^']*': (\w*Error: )?/, '');
}
