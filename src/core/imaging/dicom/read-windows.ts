import { findWindowFault, windowFunctions, type GreyWindow } from '#shared/grey-window.ts';
import type { Attributes } from './attributes.ts';
import { findFrameSettings } from './functional-groups.ts';
import { readLookupTable } from './lookup-table.ts';
import { tags } from './tags.ts';

export interface ListedWindows {
  /** Lookup tables first, as they stand in the file, then windows. */
  readonly windows: readonly GreyWindow[];
  readonly warnings: readonly string[];
}

/** All ways of showing grey that a file offers for a frame. `isSigned` says whether values may be negative. */
export function readWindows(attributes: Attributes, frame: number, isSigned: boolean): ListedWindows {
  const tables = readTables(attributes, isSigned);
  const plain = readPlainWindows(findFrameSettings(attributes, frame, tags.frameVoiLut));
  return {
    windows: [...tables.windows, ...plain.windows],
    warnings: [...tables.warnings, ...plain.warnings],
  };
}

function readTables(attributes: Attributes, isSigned: boolean): ListedWindows {
  const items = attributes.items(tags.voiLut);
  const windows = items.flatMap((item): GreyWindow[] => {
    const table = readLookupTable(item, { descriptor: tags.lutDescriptor, table: tags.lutTable }, isSigned);
    return table ? [{ kind: 'table', table, explanation: item.text(tags.lutExplanation) }] : [];
  });
  const isShort = windows.length < items.length;
  return { windows, warnings: isShort ? ['A lookup table for grey in the file is cut off and was left out.'] : [] };
}

function readPlainWindows(settings: Attributes): ListedWindows {
  const centers = settings.decimals(tags.windowCenter);
  const widths = settings.decimals(tags.windowWidth);
  const explanations = settings.texts(tags.windowExplanation);
  const stated = settings.text(tags.windowFunction);
  const kind = windowFunctions.find((known) => known === stated) ?? 'LINEAR';
  const windows = centers.slice(0, widths.length).map((center, index) => ({
    kind: 'window' as const,
    center,
    width: widths[index] ?? NaN,
    function: kind,
    explanation: explanations[index] || undefined,
  }));
  const faults = windows.map((window) => findWindowFault(window));
  return {
    windows: windows.filter((_, index) => faults[index] === undefined),
    warnings: faults.flatMap((fault) =>
      fault === undefined ? [] : [`A window in the file ${fault}; it was left out.`],
    ),
  };
}
