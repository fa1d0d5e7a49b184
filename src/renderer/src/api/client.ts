import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { createTanstackQueryUtils } from '@orpc/tanstack-query';
import type { contract } from '#shared/contract/contract.ts';

type Client = ContractRouterClient<typeof contract>;

const place = new URL('/rpc', location.href.replace(/^http/, 'ws'));
const client: Client = createORPCClient(new RPCLink({ websocket: new WebSocket(place) }));

/** The workbench, as queries. */
export const api = createTanstackQueryUtils(client);
