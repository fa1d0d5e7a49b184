import { spawn, type ChildProcess } from 'node:child_process';
import { FrameReader, writeFrame } from '#web/pipe/frames.ts';
import {
  fromWorkbenchSchema,
  limitsFromWorkbench,
  type FromWorkbench,
  type ToWorkbench,
} from '#web/pipe/pipe-messages.ts';

export interface WorkbenchProgram {
  /** The Node it runs on. */
  readonly node: string;
  /** The `lightbox` command. */
  readonly workbench: string;
}

export interface ProcessListener {
  readonly onMessage: (head: FromWorkbench, body: Uint8Array) => void;
  /** Once, when nothing more can come; says how it ended and what it said last. */
  readonly onEnd: (ending: string) => void;
}

const longestLastWords = 300;
/** How long a workbench may take to put its catalog in order. */
const CLOSING_MS = 5000;

/** One workbench in a Node of its own, talked to over its standard streams. It ends when they do: with this process, however that ends. */
export class WorkbenchProcess {
  readonly #child: ChildProcess;
  readonly #ended: Promise<void>;
  #lastWords = '';
  #isOver = false;

  constructor({ node, workbench }: WorkbenchProgram, catalog: string | undefined, listener: ProcessListener) {
    const args = [workbench, 'serve', ...(catalog === undefined ? [] : ['--catalog', catalog])];
    this.#child = spawn(node, args, { stdio: ['pipe', 'pipe', 'pipe'], env: cleanEnvironment(process.env) });
    this.#ended = new Promise((resolve) => {
      const end = (how: string): void => {
        if (!this.#isOver) listener.onEnd(this.#describe(how));
        this.#isOver = true;
        resolve();
      };
      this.#child.once('error', ({ message }) => {
        end(`could not be run: ${message}`);
      });
      this.#child.once('close', (code, signal) => {
        end(`ended (${signal ? `signal ${signal}` : `exit code ${code}`})`);
      });
    });
    this.#listen(listener);
  }

  get processId(): number | undefined {
    return this.#child.pid;
  }

  /** What cannot be sent is answered by the end of the process. */
  send(message: ToWorkbench): void {
    for (const part of writeFrame(message)) this.#child.stdin?.write(part);
  }

  /** Lets it put things in order, and does not wait for ever. */
  async close(): Promise<void> {
    this.#child.stdin?.end();
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), CLOSING_MS);
    await this.#ended;
    clearTimeout(timer);
  }

  #listen({ onMessage }: ProcessListener): void {
    const reader = new FrameReader(limitsFromWorkbench);
    this.#child.stdin?.on('error', () => undefined);
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#lastWords = (this.#lastWords + text).slice(-4 * longestLastWords);
    });
    this.#child.stdout?.on('data', (piece: Buffer) => {
      try {
        for (const { head, body } of reader.push(piece)) onMessage(fromWorkbenchSchema.parse(head), body);
      } catch {
        // A workbench that cannot be understood is as good as gone.
        this.#child.kill('SIGKILL');
      }
    });
  }

  #describe(how: string): string {
    const words = this.#lastWords.trim().split('\n').at(-1)?.slice(0, longestLastWords) ?? '';
    return words === '' ? how : `${how}; its last words: ${words}`;
  }
}

/** What would make a plain Node, or a Node inside of Electron, run something else is not passed on. */
const misleading = new Set(['NODE_OPTIONS', 'ELECTRON_RUN_AS_NODE']);

const cleanEnvironment = (environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(environment).filter(([name]) => !misleading.has(name)));
