import { ORPCError } from '@orpc/server';
import { LightboxError } from '#shared/errors.ts';

/** Answers, or fails with the product's own code and sentence, which cross to the window as data. */
export async function answering<Answer>(work: () => Answer | Promise<Answer>): Promise<Answer> {
  try {
    return await work();
  } catch (cause) {
    const record = LightboxError.from(cause).toRecord();
    throw new ORPCError('LIGHTBOX', { status: 422, message: record.message, data: record });
  }
}
