import { createORPCClient, type ClientContext, type ClientLink } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import { createTanstackQueryUtils } from '@orpc/tanstack-query';
import type { contract } from '#shared/contract/contract.ts';
import { callWorkbench } from './connection.ts';

type Client = ContractRouterClient<typeof contract>;

const link: ClientLink<ClientContext> = { call: callWorkbench };

/** The workbench, asked once. */
export const client: Client = createORPCClient(link);

/** The workbench, as queries. */
export const api = createTanstackQueryUtils(client);
