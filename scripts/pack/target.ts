import type { Target } from './lockfile.ts';

/** This machine. Native parts come from what is installed here, so a package is made on the system it is for. */
export function findTarget(): Target {
  const { platform, arch } = process;
  if (platform !== 'linux') return { os: platform, cpu: arch };
  const { header } = process.report.getReport() as { readonly header: { readonly glibcVersionRuntime?: string } };
  return { os: platform, cpu: arch, libc: header.glibcVersionRuntime === undefined ? 'musl' : 'glibc' };
}

/** `linux-x64` */
export const nameTarget = ({ os, cpu, libc }: Target): string => `${os}-${cpu}${libc === 'musl' ? '-musl' : ''}`;
