/** Columns of text, as wide as their widest cell; those named as numbers stand to the right. */
export function renderTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [header, ...rows];
  const widths = header.map((_, column) => Math.max(...lines.map((cells) => measureText(cells[column]))));
  const isNumeric = header.map(
    (_, column) => rows.length > 0 && rows.every((cells) => /^[-\d.,e+ ×%]*$/.test(cells[column] ?? '')),
  );
  const render = (cells: readonly string[]): string =>
    widths
      .map((width, column) => alignText(cells[column] ?? '', width, isNumeric[column] ?? false))
      .join('  ')
      .trimEnd();
  return `${lines.map(render).join('\n')}\n`;
}

/** Code points, which is close enough to columns for the names that occur here. */
function measureText(text = ''): number {
  return Array.from(text).length;
}

function alignText(text: string, width: number, right: boolean): string {
  const padding = ' '.repeat(Math.max(0, width - measureText(text)));
  return right ? padding + text : text + padding;
}
