import { CloseButton } from '@mantine/core';
import type { JSX } from 'react';
import { words } from '../ui/words.ts';
import { dismissNotice, useNotices } from './notices.ts';
import './notices.css';

/** In a corner, over everything, in nobody's way. */
export function NoticeList(): JSX.Element {
  const notices = useNotices((state) => state.notices);
  return (
    <div className="notices" role="status" aria-live="polite">
      {notices.map(({ id, text, isFault }) => (
        <div key={id} className={isFault ? 'notice is-fault' : 'notice'}>
          <span>{text}</span>
          <CloseButton
            size="sm"
            aria-label={words.dismiss}
            onClick={() => {
              dismissNotice(id);
            }}
          />
        </div>
      ))}
    </div>
  );
}
