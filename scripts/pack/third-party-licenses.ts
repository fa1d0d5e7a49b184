import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ShippedPackage } from './lockfile.ts';

const legal = /licen[cs]e|notice|copying|copyright/i;
const line = '='.repeat(80);

/** Every part that is not the product's own, with the terms it comes under, in the words its makers ship. */
export async function composeThirdPartyLicenses(project: string, packages: readonly ShippedPackage[]): Promise<string> {
  const byPlace = new Map(packages.map((shipped) => [shipped.place, shipped]));
  const sorted = [...byPlace.values()].toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
  const parts = await Promise.all(sorted.map((shipped) => describeTerms(project, shipped)));
  const head = `Relevance Lightbox contains the following ${parts.length} parts made by others, under the terms given with each.\n`;
  return [head, ...parts].join('\n');
}

async function describeTerms(project: string, { place, name, version, license }: ShippedPackage): Promise<string> {
  const folder = path.join(project, place);
  const all = (await readdir(folder).catch(() => [])).toSorted();
  const named = all.filter((file) => legal.test(file));
  // Who writes no licence file describes the terms in the README.
  const files = named.length > 0 ? named : all.filter((file) => /^readme/i.test(file));
  const texts = await Promise.all(files.map((file) => readFile(path.join(folder, file), 'utf8').catch(() => '')));
  const own = texts.map((text) => text.trim()).filter((text) => text !== '');
  const terms =
    own.length > 0 ? own.join('\n\n') : `Its package carries no text; it names its licence: ${license ?? 'none'}.`;
  return `${line}\n${name} ${version} (${license ?? 'see below'})\n${line}\n\n${terms}\n`;
}
