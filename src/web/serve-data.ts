import type { Workbench } from '#core/workbench/index.ts';
import { LightboxError } from '#shared/errors.ts';
import { missing, type Reply } from './page/reply.ts';

/** What lies at `data/KIND/NAME` as an answer to a page; a failure is an answer too, in the product's own sentence. */
export async function serveData({ viewer }: Pick<Workbench, 'viewer'>, address: string): Promise<Reply> {
  try {
    const data = await viewer.data(address);
    if (!data) return missing;
    const cache = data.isForever ? 'private, max-age=31536000, immutable' : 'private, no-cache';
    return { status: 200, headers: { 'content-type': data.type, 'cache-control': cache }, body: data.bytes };
  } catch (cause) {
    return describeFault(cause);
  }
}

/** A failure in words; what is not one of the product's own says nothing of its inside. */
export function describeFault(cause: unknown): Reply {
  const { code, message } = LightboxError.from(cause).toRecord();
  const isOurs = code !== 'internal';
  return {
    status: isOurs ? 422 : 500,
    headers: { 'content-type': 'text/plain; charset=utf-8' },
    body: isOurs ? message : 'Something went wrong.',
  };
}
