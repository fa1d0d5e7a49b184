import { create } from 'zustand';
import { keepInSession } from './shell/session.ts';

/** What stands where the pictures of a list are: these, the audit of a model, groups of maps, or what the dataset gives away. */
export type RoomName = 'gallery' | 'audit' | 'groups' | 'dataset';

interface Rooms {
  readonly room: RoomName;
  readonly go: (room: RoomName) => void;
}

export const useRooms = create<Rooms>((set) => ({
  room: 'gallery',
  go: (room) => {
    set({ room });
  },
}));

keepInSession('rooms', useRooms, ({ room }) => ({ room }));
