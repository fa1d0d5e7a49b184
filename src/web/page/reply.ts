import { loadBundleFile } from './bundle.ts';

/** What a page is answered with, whatever carries it. */
export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string;
}

export const missing: Reply = { status: 404 };

export interface PagePlace {
  /** Folder of the built window. */
  readonly bundle: string;
  /** Answers what lies below `data/`. */
  readonly data: (address: string) => Promise<Reply>;
}

/** What lies at a path of the page's own place: the data route, or a file of the bundle. */
export async function findPageReply({ bundle, data }: PagePlace, pathname: string): Promise<Reply> {
  const address = decodeAddress(pathname.slice(1));
  if (address === undefined) return missing;
  if (address.startsWith('data/')) return data(address.slice('data/'.length));
  const file = await loadBundleFile(bundle, address);
  return file
    ? { status: 200, headers: { 'content-type': file.type, 'cache-control': 'no-cache' }, body: file.bytes }
    : missing;
}

function decodeAddress(address: string): string | undefined {
  try {
    return decodeURIComponent(address);
  } catch {
    return undefined;
  }
}
