import type { ReadableDatabase, WritableDatabase } from './database/database.ts';
import { withoutNulls, type Stored } from './rows.ts';

/** What one map books into one region; undefined is what does not exist. */
export interface RegionBooking {
  /** As the ledger names it. */
  readonly region: string;
  readonly areaShare: number;
  readonly positiveShare?: number | undefined;
  readonly negativeShare?: number | undefined;
  readonly rankAccuracy?: number | undefined;
  readonly pointing?: number | undefined;
}

export interface Booking extends RegionBooking {
  readonly sample: number;
  /** The class the map explains. */
  readonly target: number;
}

export interface BookingReader {
  /** Of all maps of a setup, by sample; of one region if it is given. */
  list(setup: number, region?: string): readonly Booking[];
  /** Samples with a map of the setup that is not booked. */
  listUnbooked(setup: number): readonly number[];
}

export interface BookingWriter extends BookingReader {
  /** Of one map, in place of those before; passed over where the map is gone. They go when the marks or masks of the picture change. */
  put(map: { readonly setup: number; readonly sample: number }, bookings: readonly RegionBooking[]): void;
}

export function readBookings(database: ReadableDatabase): BookingReader {
  const bySetup = database.read<[object], Stored<Booking>>(
    `SELECT a.sample_id AS sample, a.target, b.region, b.area_share AS areaShare, b.positive_share AS positiveShare,
       b.negative_share AS negativeShare, b.rank_accuracy AS rankAccuracy, b.pointing
     FROM attributions a CROSS JOIN bookings b ON b.attribution_id = a.id
     WHERE a.setup_id = @setup AND (@region IS NULL OR b.region = @region) ORDER BY a.sample_id`,
  );
  const unbooked = database.read<[number], { sample: number }>(
    `SELECT a.sample_id AS sample FROM attributions a
     WHERE a.setup_id = ? AND NOT EXISTS (SELECT 1 FROM bookings b WHERE b.attribution_id = a.id) ORDER BY a.sample_id`,
  );
  return {
    list: (setup, region) => bySetup.list({ setup, region }).map(withoutNulls<Booking>),
    listUnbooked: (setup) => unbooked.list(setup).map(({ sample }) => sample),
  };
}

export function writeBookings(database: WritableDatabase): BookingWriter {
  const findMap = database.read<[number, number], { id: number }>(
    'SELECT id FROM attributions WHERE setup_id = ? AND sample_id = ?',
  );
  const insertRow = database.write<[object]>(
    `INSERT OR REPLACE INTO bookings (attribution_id, region, area_share, positive_share, negative_share, rank_accuracy, pointing)
     VALUES (@map, @region, @areaShare, @positiveShare, @negativeShare, @rankAccuracy, @pointing)`,
  );
  const blank = { positiveShare: undefined, negativeShare: undefined, rankAccuracy: undefined, pointing: undefined };
  return {
    ...readBookings(database),
    put: ({ setup, sample }, bookings) => {
      database.transaction(() => {
        const map = findMap.find(setup, sample)?.id;
        if (map === undefined) return;
        for (const booking of bookings) insertRow.run({ ...blank, ...booking, map });
      });
    },
  };
}
