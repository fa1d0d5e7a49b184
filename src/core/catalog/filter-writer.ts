import type { ReadableDatabase } from './database/database.ts';
import { createGroupChooser } from './group-choice.ts';
import { writeFilter, type FilterParts, type FilterSql, type SampleFilter } from './sample-filter.ts';
import { createClassLister, createConceptClassLister } from './sample-listing.ts';

export type FilterWriter = (
  filter: SampleFilter,
  how: Pick<FilterParts, 'source' | 'purpose' | 'isPrepared'>,
) => FilterSql;

/** Looks up what a filter is written with: groups of the dataset, classes of the models. */
export function createFilterWriter(database: ReadableDatabase): FilterWriter {
  const chooseGroups = createGroupChooser(database);
  const listClasses = createClassLister(database);
  const listConceptClasses = createConceptClassLister(database);
  return (filter, how) =>
    writeFilter({
      ...{ ...how, filter, groups: chooseGroups(filter), classes: listClasses(filter.prediction?.setup) },
      conceptClasses: listConceptClasses(filter.concept?.layer),
    });
}
