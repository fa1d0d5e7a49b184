import '@mantine/core/styles.css';
import './ui/rooms.css';
import './ui/reading-room.css';
import './ui/shell.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './shell/kept-views.ts';
import { PictureWindow } from './picture-window/picture-window.tsx';
import { Window } from './shell/window.tsx';

const isPictureAlone = new URLSearchParams(location.search).has('picture');
const root = document.getElementById('root');
if (root) {
  createRoot(root).render(<StrictMode>{isPictureAlone ? <PictureWindow /> : <Window />}</StrictMode>);
}
