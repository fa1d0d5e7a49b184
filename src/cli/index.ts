/** The `lightbox` command. */
import { main } from './main.ts';

// A reader that closes early, such as `head`, is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : 1);
});

const controller = new AbortController();
// The first Ctrl-C lets the command put things in order, the second does not wait for it.
const cancel = (): void => {
  if (controller.signal.aborted) process.exit(130);
  controller.abort();
};
process.on('SIGINT', cancel);
process.on('SIGTERM', cancel);

process.exitCode = await main(process.argv.slice(2), process, controller.signal);
process.off('SIGINT', cancel);
process.off('SIGTERM', cancel);
