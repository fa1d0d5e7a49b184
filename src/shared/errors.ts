/** Every failure the product can name. The part before the slash says whose fault it is. */
export const errorCodes = [
  'model/not-found',
  'model/unreadable',
  'model/unsupported-operator',
  'model/unsupported-form',
  'model/external-data',
  'model/not-finite',
  'manifest/invalid',
  'picture/not-found',
  'picture/unreadable',
  'picture/unsupported',
  'dataset/not-found',
  'dataset/unreadable',
  'dataset/unrecognised',
  'dataset/invalid-table',
  'dataset/unknown',
  'sample/unknown',
  'catalog/not-found',
  'catalog/unreadable',
  'catalog/damaged',
  'catalog/newer-version',
  'catalog/busy',
  'catalog/not-writable',
  'catalog/full',
  'composite/invalid',
  'layer/unknown',
  'concept/unknown',
  'target/unknown',
  'provider/unavailable',
  'provider/disagrees',
  'engine/died',
  'engine/failed',
  'output/not-writable',
  'case/invalid',
  'request/invalid',
  'job/cancelled',
  'internal',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** An error as it crosses a process boundary. */
export interface ErrorRecord {
  readonly code: ErrorCode;
  readonly message: string;
}

/** A failure with a stable code and one sentence for people: what happened, to what, and what to do. */
export class LightboxError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'LightboxError';
    this.code = code;
  }

  /** Anything thrown becomes a named failure; what is not one already is `internal`. */
  static from(cause: unknown): LightboxError {
    if (cause instanceof LightboxError) return cause;
    return new LightboxError('internal', cause instanceof Error ? cause.message : String(cause), { cause });
  }

  toRecord(): ErrorRecord {
    return { code: this.code, message: this.message };
  }
}
