import type { JSX } from 'react';
import type { Action } from '../../actions/use-actions.ts';
import { showKey } from '../../actions/key.ts';
import type { Film } from '../film/load-picture.ts';
import { heatmapActions, placeActions, showActions, toolActions, turnActions } from '../reading-actions.ts';
import { useView } from '../view-state.ts';
import { chooseTool } from './tool-names.ts';
import { toolIcons } from './tool-icons.ts';

const groups: readonly (readonly Action[])[] = [
  toolActions,
  placeActions,
  turnActions,
  showActions,
  heatmapActions.slice(0, 1),
];

/** The tools and turns of the picture, beside it; each does what its key does. */
export function ReadingToolbar({ film }: { readonly film: Film | undefined }): JSX.Element {
  const { inverted, overlay, tool } = useView();
  const pressed: Readonly<Record<string, boolean>> = {
    'reading.invert': inverted,
    'explain.heatmap': overlay,
    [`reading.${chooseTool(tool, film)}`]: true,
  };
  return (
    <div className="toolbar" role="toolbar" aria-label="Picture tools" aria-orientation="vertical">
      {groups.map((actions, index) => (
        <div key={index} className="toolbar-group">
          {actions.map((action) => (
            <ToolButton key={action.id} action={action} isPressed={pressed[action.id]} />
          ))}
        </div>
      ))}
    </div>
  );
}

function ToolButton({ action, isPressed }: { action: Action; isPressed: boolean | undefined }): JSX.Element {
  const { id, title, keys, run } = action;
  const [key] = keys;
  return (
    <button
      {...{ type: 'button', className: 'tool' }}
      aria-label={title}
      aria-pressed={isPressed}
      title={key === undefined ? title : `${title} (${showKey(key)})`}
      onClick={run}
    >
      <svg viewBox="0 0 18 18" aria-hidden>
        <path d={toolIcons[id]} />
      </svg>
    </button>
  );
}
