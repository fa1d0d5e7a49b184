import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { WebSocket } from 'ws';
import { dataAddress, type contract } from '#shared/contract/contract.ts';

const wanted = 12;

/** Does what a window does first: the page, its script, the first list, its thumbnails. Gives how many came. Throws for whatever is not right. */
export async function fetchFirstThumbnails(url: string): Promise<number> {
  const { origin, host } = new URL(url);
  const admitted = await fetch(url, { redirect: 'manual' });
  const cookie = admitted.headers.get('set-cookie')?.split(';')[0] ?? '';
  const get = async (address: string): Promise<Buffer> => {
    const answer = await fetch(`${origin}/${address}`, { headers: { cookie } });
    if (answer.status !== 200) throw new Error(`The host answered ${answer.status} to ${address}.`);
    return Buffer.from(await answer.arrayBuffer());
  };
  const script = /src="\.\/([^"]+\.js)"/.exec((await get('')).toString())?.[1];
  if (script === undefined) throw new Error('The page has no script.');
  await get(script);
  const socket = new WebSocket(`ws://${host}/rpc`, { headers: { cookie } });
  try {
    const client: ContractRouterClient<typeof contract> = createORPCClient(
      new RPCLink({ websocket: socket as unknown as globalThis.WebSocket }),
    );
    return await fetchThumbnails(client, get);
  } finally {
    socket.terminate();
  }
}

async function fetchThumbnails(
  client: ContractRouterClient<typeof contract>,
  get: (address: string) => Promise<Buffer>,
): Promise<number> {
  const [dataset] = (await client.overview()).datasets;
  const { samples } = await client.samples.page({ dataset: dataset?.id ?? 0, offset: 0, limit: wanted });
  for (const { contentSha256 } of samples) {
    const picture = await get(dataAddress.thumbnail(contentSha256 ?? ''));
    if (picture.readUInt16BE(0) !== 0xffd8) throw new Error('A thumbnail is no JPEG.');
  }
  if (samples.length < wanted) throw new Error(`The demo has ${samples.length} pictures only.`);
  return samples.length;
}
