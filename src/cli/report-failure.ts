/** How a failure leaves the program: one sentence with its code, never a stack (unless LIGHTBOX_DEBUG is set). */
import { LightboxError, type ErrorRecord } from '#shared/errors.ts';

const failed = 1;
/** 128 + SIGINT, what a shell gives a command that was interrupted. */
const interrupted = 130;

export interface FailureReport {
  /** For stdout with --json: `{"error": {"code", "message"}}`. */
  readonly json: string;
  /** For stderr without it. */
  readonly text: string;
  readonly exitCode: number;
}

/** Anything thrown, as what the user gets to see. */
export function reportFailure(cause: unknown): FailureReport {
  const error = LightboxError.from(cause);
  const record: ErrorRecord = { code: error.code, message: oneLine(error.message) };
  return {
    json: `${JSON.stringify({ error: record })}\n`,
    text: `lightbox: ${record.message} [${record.code}]\n${debugText(cause)}`,
    exitCode: error.code === 'job/cancelled' ? interrupted : failed,
  };
}

function oneLine(message: string): string {
  return message.replaceAll(/\s+/g, ' ').trim();
}

function debugText(cause: unknown): string {
  if (!process.env['LIGHTBOX_DEBUG'] || !(cause instanceof Error)) return '';
  const nested = cause.cause instanceof Error ? `\ncaused by ${cause.cause.stack ?? ''}` : '';
  return `${cause.stack ?? ''}${nested}\n`;
}
