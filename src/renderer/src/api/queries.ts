import { QueryClient } from '@tanstack/react-query';

/** What the window knows of the workbench's answers. */
export const queries = new QueryClient({
  defaultOptions: {
    // The workbench is on this machine: it answers with or without a network.
    queries: { retry: false, refetchOnWindowFocus: false, networkMode: 'always' },
    mutations: { networkMode: 'always' },
  },
});
