import type { KeyName } from '../actions/key.ts';
import type { Tool } from './mark-scope.ts';

interface ToolView {
  readonly tool: Tool;
  readonly name: string;
  readonly key: KeyName;
  /** What to do with it. */
  readonly hint: string;
}

export const toolViews: readonly ToolView[] = [
  { tool: 'select', name: 'Select', key: 'V', hint: 'click a mark; drag it or its corners' },
  { tool: 'rectangle', name: 'Rectangle', key: 'R', hint: 'drag; Shift makes a square' },
  { tool: 'ellipse', name: 'Ellipse', key: 'O', hint: 'drag; Shift makes a circle' },
  { tool: 'polygon', name: 'Polygon', key: 'P', hint: 'click the corners, Enter closes' },
  { tool: 'brush', name: 'Brush', key: 'B', hint: 'paint; Esc, then paint begins a new mark' },
  { tool: 'erase', name: 'Eraser', key: 'E', hint: 'takes away from what was brushed' },
];
