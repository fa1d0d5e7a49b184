import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { LightboxError } from '#shared/errors.ts';
import type { CallName, Calls, ReplyMessage } from './calls.ts';

/** Named by its place and never imported: what it imports must not be loaded into the host. */
const engineModule = fileURLToPath(new URL('./engine-process.ts', import.meta.url));

const longestLastWords = 300;

/** For libraries that look at the environment when they start. */
const nativeSettings = {
  // NVIDIA's libraries round float32 products to 10 bits unless told not to.
  NVIDIA_TF32_OVERRIDE: '0',
  // The C library (glibc) otherwise keeps freed weights for reuse: 60 MB for ResNet50 (docs/decisions/0003-sessions.md).
  MALLOC_MMAP_THRESHOLD_: String(2 ** 22),
};

/**
 * V8 lets new values fill ever more memory before it looks which are still needed, and holds as long what they point at: weights and maps, outside of what it counts.
 * Opening a network forty times, the process grew from 165 to 325 MB; with 4 MB for new values it stayed between 159 and 174 MB.
 */
const youngGeneration = ['--max-semi-space-size=4'];

export interface EngineProcessOptions {
  /** Threads a session computes with. */
  readonly threads: number | undefined;
  /** Added to this process's own environment. */
  readonly environment: Readonly<Record<string, string>>;
}

interface PendingCall {
  readonly doing: string;
  readonly resolve: (result: never) => void;
  readonly reject: (error: LightboxError) => void;
}

/** One engine process and the calls it has not answered yet. It ends with this process, or when closed. */
export class EngineConnection {
  readonly #child: ChildProcess;
  readonly #pending = new Map<number, PendingCall>();
  #calls = 0;
  #alive = true;
  #closing = false;
  /** How the process ended, once nothing more can come from it. */
  #ending: string | undefined;
  #errorOutput = '';

  constructor({ threads, environment }: EngineProcessOptions) {
    this.#child = fork(engineModule, threads === undefined ? [] : [String(threads)], {
      execArgv: [...youngGeneration],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      env: { ...process.env, ...nativeSettings, ...environment },
    });
    this.#listen();
    this.#keepHostRunning(false);
  }

  /** False as soon as the process is known to be gone. */
  get alive(): boolean {
    return this.#alive;
  }

  get processId(): number | undefined {
    return this.#child.pid;
  }

  /** `doing` completes "the engine process ended while ...". Throws what the engine reports, or `engine/died`. */
  call<Name extends CallName>(
    name: Name,
    argument: Calls[Name]['argument'],
    doing: string,
  ): Promise<Calls[Name]['result']> {
    const id = this.#calls++;
    if (this.#ending !== undefined) return Promise.reject(this.#endedWhile(doing, this.#ending));
    return new Promise((resolve, reject) => {
      // Throws for what cannot be copied. A message that does not arrive is answered by the end of the process, below.
      this.#child.send({ id, name, argument }, () => undefined);
      this.#pending.set(id, { doing, resolve, reject });
      this.#keepHostRunning(true);
    });
  }

  /** The engine process holds nothing that could be lost, so it is ended without being asked. */
  async close(): Promise<void> {
    if (!this.#alive) return;
    this.#closing = true;
    this.#alive = false;
    const ended = once(this.#child, 'close');
    this.#keepHostRunning(true);
    this.#child.kill('SIGKILL');
    await ended;
  }

  #listen(): void {
    this.#child.on('message', (message) => {
      this.#settle(message as ReplyMessage);
    });
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#errorOutput = (this.#errorOutput + text).slice(-4 * longestLastWords);
    });
    this.#child.once('exit', () => {
      this.#alive = false;
    });
    this.#child.once('disconnect', () => {
      this.#alive = false;
    });
    this.#child.once('error', (error) => {
      this.#end(`could not be run: ${error.message}`);
    });
    this.#child.once('close', (code, signal) => {
      this.#end(`ended unexpectedly (${signal ? `signal ${signal}` : `exit code ${code}`})`);
    });
  }

  #settle(reply: ReplyMessage): void {
    const call = this.#pending.get(reply.id);
    this.#pending.delete(reply.id);
    if (this.#pending.size === 0) this.#keepHostRunning(false);
    if ('error' in reply) call?.reject(new LightboxError(reply.error.code, reply.error.message));
    else call?.resolve(reply.result as never);
  }

  #end(ending: string): void {
    this.#alive = false;
    this.#ending ??= ending;
    for (const { doing, reject } of this.#pending.values()) reject(this.#endedWhile(doing, ending));
    this.#pending.clear();
  }

  #endedWhile(doing: string, ending: string): LightboxError {
    if (this.#closing) return new LightboxError('job/cancelled', `The engine was closed while ${doing}.`);
    const words = this.#errorOutput.trim().split('\n').at(-1)?.slice(0, longestLastWords) ?? '';
    return new LightboxError(
      'engine/died',
      `The engine process ${ending} while ${doing}; nothing was written. Try again; if it repeats, lower --batch or use ` +
        `--provider cpu.${words === '' ? '' : ` Its last words: ${words}`}`,
    );
  }

  /** A host with nothing left to do may end without closing its engine; one that waits for an answer must not. */
  #keepHostRunning(on: boolean): void {
    const parts = [this.#child, this.#child.channel, this.#child.stderr as Socket | null];
    for (const part of parts) {
      if (on) part?.ref();
      else part?.unref();
    }
  }
}
