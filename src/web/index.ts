/** The workbench in a browser on the same machine, or in a window of its own. */
export { runPipeHost } from './pipe/pipe-host.ts';
export { startWebHost, type WebHost } from './web-host.ts';
