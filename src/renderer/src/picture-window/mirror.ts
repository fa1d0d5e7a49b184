/** The picture window shows what the window beside it shows: both are pages of one place, and talk to each other alone. */
import { useChoices } from '../choices.ts';
import { useOverlayLooks } from '../reading/overlay/overlay-look.ts';
import { useView } from '../reading/view-state.ts';

const channelName = 'lightbox-picture';

interface Shown {
  readonly choices: Pick<ReturnType<typeof useChoices.getState>, 'list' | 'open'>;
  readonly view: Partial<ReturnType<typeof useView.getState>>;
  readonly looks: Pick<ReturnType<typeof useOverlayLooks.getState>, 'looks'>;
}

type Message = { readonly kind: 'hello' } | { readonly kind: 'shown'; readonly shown: Shown };

/** Tells picture windows what is shown here, whenever that changes and whenever one asks. */
export function leadPictureWindows(): () => void {
  const channel = new BroadcastChannel(channelName);
  const post = (): void => {
    channel.postMessage({ kind: 'shown', shown: readShown() } satisfies Message);
  };
  channel.onmessage = ({ data }: MessageEvent<Message>) => {
    if (data.kind === 'hello') post();
  };
  const stops = [useChoices.subscribe(post), useView.subscribe(post), useOverlayLooks.subscribe(post)];
  post();
  return () => {
    for (const stop of stops) stop();
    channel.close();
  };
}

/** Shows here what is shown there. */
export function followWindow(): () => void {
  const channel = new BroadcastChannel(channelName);
  channel.onmessage = ({ data }: MessageEvent<Message>) => {
    if (data.kind === 'shown') applyShown(data.shown);
  };
  channel.postMessage({ kind: 'hello' } satisfies Message);
  return () => {
    channel.close();
  };
}

/** The size of the stage and the tool in hand belong to each window. */
const ofEachWindow = new Set(['oneToOne', 'tool', 'maximised', 'change']);

function readShown(): Shown {
  const { list, open } = useChoices.getState();
  const view = Object.fromEntries(Object.entries(useView.getState()).filter(([name]) => !ofEachWindow.has(name)));
  return { choices: { list, open }, view, looks: { looks: useOverlayLooks.getState().looks } };
}

function applyShown({ choices, view, looks }: Shown): void {
  useView.setState({ ...view, maximised: true });
  useOverlayLooks.setState(looks);
  useChoices.setState(choices);
}
