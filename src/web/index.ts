/** The workbench in a browser on the same machine. */
export { startWebHost, type WebHost } from './web-host.ts';
