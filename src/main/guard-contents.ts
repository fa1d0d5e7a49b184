import type { ContentsCalls, LeadingAway, SessionCalls } from './electron-calls.ts';

const leadingAway: readonly LeadingAway[] = [
  ...(['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview'] as const),
];

/** Nothing leads out of the page: no navigation, no redirect, no new window, no frame of somebody else. */
export function guardContents(contents: ContentsCalls): void {
  for (const event of leadingAway)
    contents.on(event, (leaving) => {
      leaving.preventDefault();
    });
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}

/** Nothing of the machine is lent to the page: no camera, no devices, no screen, no place to download to. */
export function refusePermissions(session: SessionCalls): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => {
    answer(false);
  });
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, answer) => {
    answer(null);
  });
  session.on('will-download', (download) => {
    download.preventDefault();
  });
}
