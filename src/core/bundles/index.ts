/** Study bundles: what readers carry from one workstation to another. */
export { loadBundle, readBundle, type LoadedBundle, type StudyBundle } from './read-bundle.ts';
export { describePart, writeBundle, type NewBundle } from './write-bundle.ts';
