/**
 * How a process that reads many pictures keeps to little memory; plain JavaScript, so that an older Node can read it.
 *
 * glibc gives threads memory of their own and keeps what they free: of the many threads that read pictures, a hundred MB that nothing is in. Other systems do
 * not know the variable. V8 lets new values fill up to 100 MB before it looks which are still needed; half of that costs no time that could be measured.
 */
export const memorySettings = {
  env: { MALLOC_ARENA_MAX: '2' },
  flags: ['--max-semi-space-size=16'],
};
