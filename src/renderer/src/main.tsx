import '@mantine/core/styles.css';
import './ui/reading-room.css';
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { theme } from './ui/theme.ts';

const queries = new QueryClient({
  defaultOptions: {
    // The workbench is on this machine: it answers with or without a network.
    queries: { retry: false, refetchOnWindowFocus: false, networkMode: 'always' },
    mutations: { networkMode: 'always' },
  },
});
const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queries}>
        <MantineProvider theme={theme} forceColorScheme="dark">
          <App />
        </MantineProvider>
      </QueryClientProvider>
    </StrictMode>,
  );
}
