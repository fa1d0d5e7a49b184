import { LightboxError } from '#shared/errors.ts';

/** Where models and pictures that a recipe names by their hashes lie. */
export class FigureSources {
  readonly #paths = new Map<string, string>();

  add(sha256: string, path: string): void {
    this.#paths.set(sha256, path);
  }

  has(sha256: string): boolean {
    return this.#paths.has(sha256);
  }

  /** Throws `picture/not-found`, `model/not-found`. */
  get(kind: 'picture' | 'model', sha256: string): string {
    const path = this.#paths.get(sha256);
    if (path !== undefined) return path;
    throw new LightboxError(`${kind}/not-found`, `The ${kind} with the SHA-256 ${sha256} was not found.`);
  }
}
