import { z } from 'zod';

/** A call as oRPC writes it; anything else would be thrown at nobody. */
const callSchema = z.object({
  i: z.string().min(1).max(100),
  t: z.union([z.literal(1), z.literal(3), z.literal(4)]).optional(),
  p: z.unknown().optional(),
});
const requestSchema = z.object({
  u: z.string().startsWith('/').max(300),
  b: z.unknown().optional(),
  h: z.record(z.string(), z.union([z.string(), z.array(z.string())])).optional(),
  m: z.enum(['POST', 'GET']).optional(),
});
const eventSchema = z.object({ e: z.enum(['message', 'error', 'done']), d: z.unknown().optional() });
const ABORT = 4;
const EVENT = 3;

type Listener = (event?: { readonly data: unknown }) => void;

/** The end of a page's calls that oRPC listens to: what a MessagePort is in a browser. */
export class PagePort {
  readonly #send: (text: string) => void;
  readonly #listeners = new Map<string, Listener>();

  constructor(send: (text: string) => void) {
    this.#send = send;
  }

  on(event: string, listener: Listener): void {
    this.#listeners.set(event, listener);
  }

  postMessage(message: unknown): void {
    // Bytes travel by the data route; the contract has none.
    if (typeof message === 'string') this.#send(message);
  }

  /** Whether it was a call at all. */
  receive(text: string): boolean {
    if (!isCall(text)) return false;
    this.#listeners.get('message')?.({ data: text });
    return true;
  }

  close(): void {
    this.#listeners.get('close')?.();
  }
}

function isCall(text: string): boolean {
  const call = callSchema.safeParse(parse(text));
  if (!call.success) return false;
  const { t, p } = call.data;
  if (t === ABORT) return true;
  return (t === EVENT ? eventSchema : requestSchema).safeParse(p).success;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
