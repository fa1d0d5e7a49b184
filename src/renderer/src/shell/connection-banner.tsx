import { useQueryClient } from '@tanstack/react-query';
import { useEffect, type JSX } from 'react';
import { useConnection } from '../api/connection.ts';
import { words } from '../ui/words.ts';
import { useSessionNotice } from './session.ts';
import './notices.css';

/** What is wrong with the workbench as a whole, above everything else. */
export function ConnectionBanner(): JSX.Element | null {
  const { isLost, reason: ending, returns } = useConnection();
  const reason = useSessionNotice((state) => state.reason);
  const queries = useQueryClient();
  useEffect(() => {
    if (returns > 0) void queries.invalidateQueries();
  }, [returns, queries]);
  if (isLost) {
    return (
      <div className="banner is-fault" role="alert">
        <strong>{ending ?? words.connection.lost}</strong> {ending === undefined && words.connection.advice}
      </div>
    );
  }
  if (reason === undefined) return null;
  return (
    <div className="banner" role="status">
      {words.session.notKept} {reason}
    </div>
  );
}
