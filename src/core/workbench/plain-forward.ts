import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { LightboxError } from '#shared/errors.ts';
import type { Provider } from '#shared/providers.ts';

/** Named by its place and never imported: ONNX Runtime must not be loaded into the host. */
const processModule = fileURLToPath(new URL('../runtime/plain-forward-process.ts', import.meta.url));

type Answer = { readonly milliseconds: number } | { readonly failure: string };

export interface PlainForwardOptions {
  readonly modelPath: string;
  readonly provider: Provider;
  readonly threads: number | undefined;
}

/** The model's own forward pass, as ONNX Runtime runs the file by default, in a process of its own. */
export class PlainForward {
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;
  #answer: ((answer: Answer) => void) | undefined;

  constructor({ modelPath, provider, threads }: PlainForwardOptions) {
    const settings = [modelPath, provider, ...(threads === undefined ? [] : [String(threads)])];
    // NVIDIA's libraries round float32 products to 10 bits unless told not to; the engine tells them the same.
    const env = { ...process.env, NVIDIA_TF32_OVERRIDE: '0' };
    this.#child = fork(processModule, settings, { execArgv: [], stdio: ['ignore', 'ignore', 'ignore', 'ipc'], env });
    this.#child.on('message', (answer) => this.#answer?.(answer as Answer));
    this.#ended = once(this.#child, 'close').then(() => this.#answer?.({ failure: 'its process ended unexpectedly' }));
  }

  /** Milliseconds of one forward pass over [pictures, channels, height, width]. Throws `engine/failed`. */
  async time(shape: readonly number[]): Promise<number> {
    const answer = await new Promise<Answer>((resolve) => {
      this.#answer = resolve;
      this.#child.send(shape, (error) => {
        if (error) resolve({ failure: 'its process has ended' });
      });
    });
    if ('milliseconds' in answer) return answer.milliseconds;
    throw new LightboxError('engine/failed', `ONNX Runtime could not run the plain model: ${answer.failure}.`);
  }

  async close(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#ended;
  }
}
