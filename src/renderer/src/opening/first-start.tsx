import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type JSX } from 'react';
import { JobCard } from '../jobs/job-card.tsx';
import { isActive, startJob, useJobs } from '../jobs/use-jobs.ts';
import { words } from '../ui/words.ts';
import { OpenFolder } from './open-folder.tsx';
import { useOpening } from './opening-state.ts';
import './first-start.css';

/** Before there is anything to show: the demo, or a folder. */
export function FirstStart(): JSX.Element {
  const [isChoosing, setOpening] = useState(false);
  const { folder, look } = useOpening();
  const isOpening = isChoosing || folder !== undefined;
  const { jobs } = useJobs();
  const job = jobs.find(isActive) ?? jobs.find(({ state }) => state === 'failed');
  return (
    <main className="first-start">
      <h1>{words.product}</h1>
      <p className="first-question">{words.first.title}</p>
      <p className="quiet">{words.first.text}</p>
      {job && (
        <div className="first-work">
          <JobCard job={job} />
        </div>
      )}
      {isOpening && !(job && isActive(job)) && (
        <section className="first-work" aria-label={words.opening.title}>
          <OpenFolder />
          <Button
            {...{ variant: 'subtle', size: 'xs', color: 'gray', mt: 12 }}
            onClick={() => {
              setOpening(false);
              look(undefined);
            }}
          >
            {words.first.again}
          </Button>
        </section>
      )}
      {!isOpening && !(job && isActive(job)) && (
        <Choices
          onFolder={() => {
            setOpening(true);
          }}
        />
      )}
      <p className="first-foot">
        {words.offline} · {words.notADevice}
      </p>
    </main>
  );
}

function Choices({ onFolder }: { readonly onFolder: () => void }): JSX.Element {
  const queries = useQueryClient();
  return (
    <div className="first-choices">
      <button type="button" onClick={() => void startJob(queries, { kind: 'demo' })}>
        <strong>{words.first.demo}</strong>
        <span>{words.first.demoText}</span>
      </button>
      <button type="button" onClick={onFolder}>
        <strong>{words.first.folder}</strong>
        <span>{words.first.folderText}</span>
      </button>
    </div>
  );
}
