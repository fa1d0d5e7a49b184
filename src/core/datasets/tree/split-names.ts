import { foldName } from './fold-name.ts';

/** The three parts a dataset is split into, whatever it calls them. */
export type SplitRole = 'train' | 'val' | 'test';

const roles: ReadonlyMap<string, SplitRole> = new Map([
  ['train', 'train'],
  ['training', 'train'],
  ['val', 'val'],
  ['valid', 'val'],
  ['validation', 'val'],
  ['dev', 'val'],
  ['test', 'test'],
  ['testing', 'test'],
]);

/** `Train`, `valid`, `Test set` -> its part; undefined for any other name. */
export function findSplitRole(name: string): SplitRole | undefined {
  return roles.get(foldName(name).replace(/(?<=.)(set|data|images|split)$/, ''));
}
