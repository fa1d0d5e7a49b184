import type { Readable, Writable } from 'node:stream';
import { RPCHandler } from '@orpc/server/message-port';
import type { Workbench } from '#core/workbench/index.ts';
import { serveData } from '../serve-data.ts';
import { FrameReader, writeFrame } from './frames.ts';
import { PagePort } from './page-port.ts';
import { limitsToWorkbench, toWorkbenchSchema, type FromWorkbench, type ToWorkbench } from './pipe-messages.ts';

export interface PipeHostOptions {
  readonly workbench: Pick<Workbench, 'viewer'>;
  readonly input: Readable;
  readonly output: Writable;
}

/** Answers pages over a pipe until it ends: the same contract and data route as the web host. Settles when the other side is gone or breaks the rules. */
export async function runPipeHost({ workbench, input, output }: PipeHostOptions): Promise<void> {
  const send = (head: FromWorkbench, body?: Uint8Array): void => {
    for (const part of writeFrame(head, body)) output.write(part);
  };
  const host = new PipeHost(workbench, send);
  // The other side may be gone while it is still being answered.
  output.on('error', () => input.destroy());
  send({ kind: 'ready' });
  const reader = new FrameReader(limitsToWorkbench);
  try {
    for await (const piece of input) {
      for (const { head } of reader.push(piece as Buffer)) host.take(toWorkbenchSchema.parse(head));
    }
  } catch {
    // Who sends what cannot be read is no window of ours; there is nobody to tell.
  } finally {
    host.close();
  }
}

// One type from one place: what the router needs of its context is the router's own matter.
const createHandler = ({ viewer }: Pick<Workbench, 'viewer'>) => new RPCHandler(viewer.router);

class PipeHost {
  readonly #workbench: Pick<Workbench, 'viewer'>;
  readonly #send: (head: FromWorkbench, body?: Uint8Array) => void;
  readonly #handler: ReturnType<typeof createHandler>;
  readonly #pages = new Map<number, PagePort>();

  constructor(workbench: Pick<Workbench, 'viewer'>, send: (head: FromWorkbench, body?: Uint8Array) => void) {
    this.#workbench = workbench;
    this.#send = send;
    this.#handler = createHandler(workbench);
  }

  take(message: ToWorkbench): void {
    if (message.kind === 'call') this.#port(message.page).receive(message.text);
    else if (message.kind === 'leave') this.#leave(message.page);
    else void this.#answerData(message);
  }

  close(): void {
    for (const page of this.#pages.keys()) this.#leave(page);
  }

  #port(page: number): PagePort {
    const known = this.#pages.get(page);
    if (known) return known;
    const port = new PagePort((text) => {
      this.#send({ kind: 'answer', page, text });
    });
    this.#handler.upgrade(port);
    this.#pages.set(page, port);
    return port;
  }

  #leave(page: number): void {
    this.#pages.get(page)?.close();
    this.#pages.delete(page);
  }

  async #answerData({ id, address }: Extract<ToWorkbench, { kind: 'data' }>): Promise<void> {
    const { status, headers = {}, body = '' } = await serveData(this.#workbench, address);
    this.#send({ kind: 'data', id, status, headers }, typeof body === 'string' ? Buffer.from(body) : body);
  }
}
