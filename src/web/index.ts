/** The workbench in a browser on the same machine, or in a window of its own. */
export { runPipeHost, type PipeHostOptions } from './pipe/pipe-host.ts';
export { startWebHost, type WebHost } from './web-host.ts';
