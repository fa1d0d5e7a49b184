import { LightboxError } from '#shared/errors.ts';
import type { Reply } from '#web/page/reply.ts';
import { longestAddress, type FromWorkbench } from '#web/pipe/pipe-messages.ts';
import { WorkbenchProcess, type WorkbenchProgram } from './workbench-process.ts';

export interface WorkbenchListener {
  /** An answer to a call of a page. */
  readonly onAnswer: (page: number, text: string) => void;
  /** Whether the workbench answers, when that changes; the sentence says what happened. */
  readonly onChange: (isThere: boolean, sentence: string) => void;
}

const gone: Reply = {
  status: 503,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  body: 'The workbench is being started again.',
};

/** It is started again so often within a minute, each time after a longer pause. */
export const restartPauses: readonly number[] = [100, 300, 1000, 3000];
const MINUTE_MS = 60_000;

/** Keeps a workbench running: one that ends is started again, and what waited for it is told. */
export class WorkbenchKeeper {
  readonly #program: WorkbenchProgram;
  readonly #listener: WorkbenchListener;
  readonly #waiting = new Map<number, (reply: Reply) => void>();
  #process: WorkbenchProcess;
  #catalog: string | undefined;
  #lastId = 0;
  #endings: readonly number[] = [];
  #timer: NodeJS.Timeout | undefined;
  #fault: string | undefined;
  #hasBeenLost = false;
  #isClosing = false;

  constructor(program: WorkbenchProgram, catalog: string | undefined, listener: WorkbenchListener) {
    this.#program = program;
    this.#listener = listener;
    this.#catalog = catalog;
    this.#process = this.#start();
  }

  get processId(): number | undefined {
    return this.#process.processId;
  }

  /** Why it does not answer; undefined while it does. */
  get fault(): string | undefined {
    return this.#fault;
  }

  /** Throws `engine/died` while there is no workbench to take it. */
  call(page: number, text: string): void {
    if (this.#fault !== undefined) throw new LightboxError('engine/died', this.#fault);
    this.#process.send({ kind: 'call', page, text });
  }

  /** A page is gone or begins anew. */
  leave(page: number): void {
    this.#process.send({ kind: 'leave', page });
  }

  /** What lies at an address of the data route. */
  data(address: string): Promise<Reply> {
    if (address.length > longestAddress) return Promise.resolve({ status: 404 });
    if (this.#fault !== undefined) return Promise.resolve(gone);
    const id = ++this.#lastId;
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      this.#process.send({ kind: 'data', id, address });
    });
  }

  /** Puts the catalog away and opens another. */
  async changeCatalog(catalog: string): Promise<void> {
    const before = this.#process;
    clearTimeout(this.#timer);
    this.#catalog = catalog;
    this.#lose('Another catalog is being opened.');
    this.#process = this.#start();
    await before.close();
  }

  async close(): Promise<void> {
    this.#isClosing = true;
    clearTimeout(this.#timer);
    await this.#process.close();
  }

  #start(): WorkbenchProcess {
    this.#fault = undefined;
    const started: WorkbenchProcess = new WorkbenchProcess(this.#program, this.#catalog, {
      onMessage: (head, body) => {
        if (started === this.#process) this.#take(head, body);
      },
      onEnd: (ending) => {
        if (started === this.#process && !this.#isClosing) this.#restart(ending);
      },
    });
    return started;
  }

  #take(head: FromWorkbench, body: Uint8Array): void {
    if (head.kind === 'answer') this.#listener.onAnswer(head.page, head.text);
    else if (head.kind === 'data') this.#settle(head.id, { status: head.status, headers: head.headers, body });
    else if (this.#hasBeenLost) this.#listener.onChange(true, 'The workbench is back.');
  }

  #settle(id: number, reply: Reply): void {
    this.#waiting.get(id)?.(reply);
    this.#waiting.delete(id);
  }

  #restart(ending: string): void {
    const now = Date.now();
    this.#endings = [...this.#endings.filter((time) => now - time < MINUTE_MS), now];
    const pause = restartPauses[this.#endings.length - 1];
    const next =
      pause === undefined
        ? 'It ended too often within a minute; quit the program and start it again.'
        : 'What was done is in the catalog; it is started again.';
    this.#lose(`The workbench ${ending}. ${next}`);
    if (pause === undefined) return;
    this.#timer = setTimeout(() => {
      this.#process = this.#start();
    }, pause);
  }

  #lose(sentence: string): void {
    this.#hasBeenLost = true;
    this.#fault = sentence;
    for (const id of this.#waiting.keys()) this.#settle(id, gone);
    this.#listener.onChange(false, sentence);
  }
}
