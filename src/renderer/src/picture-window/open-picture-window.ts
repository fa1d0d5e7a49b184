import { bridge } from '../desktop/bridge.ts';
import { tellFault } from '../shell/notices.ts';
import { words } from '../ui/words.ts';

/** Opens, or puts away, the window that shows the picture alone; in a browser the user puts it where it belongs. */
export function togglePictureWindow(): void {
  if (bridge) {
    void bridge.request({ kind: 'picture-window' });
    return;
  }
  const opened = window.open('/?picture', 'lightbox-picture', 'popup,width=1024,height=1280');
  if (!opened) tellFault(words.picture.blocked);
}
