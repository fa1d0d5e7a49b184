/** The application with its workbench in the middle of work, for a test to kill: `main-worker.ts`. It prints the workbench's id. */
import { openDesktop } from './open-desktop.ts';

const { client, desktop, folder } = await openDesktop();
await client.jobs.start({ kind: 'demo' });
process.stdout.write(`${JSON.stringify({ workbench: desktop.workbench.processId, folder })}\n`);
