/** How many changes of a plan go on at the same time: more while all goes well, fewer when Gcore is busy. */
export interface Pace {
  /** So many at once. */
  readonly width: number;
  /** How many went well since it last changed. */
  readonly wentWell: number;
  /** None is begun before this moment, in milliseconds since 1970. */
  readonly restsUntil: number;
}

/** Gcore tells no limit: it begins with a few, and never goes beyond ten. */
const FIRST = 4;
export const WIDEST = 10;
/** How long nothing is begun after Gcore was busy and did not say for how long, in milliseconds. */
const REST = 2_000;
/** The longest rest that is taken, whatever Gcore asks, in milliseconds. */
const LONGEST_REST = 60_000;

export const FIRST_PACE: Pace = { width: FIRST, wentWell: 0, restsUntil: 0 };

/** One more at once after each round that went well. */
export function afterSuccess(pace: Pace): Pace {
  const wentWell = pace.wentWell + 1;
  return wentWell < pace.width || pace.width === WIDEST
    ? { ...pace, wentWell: Math.min(wentWell, pace.width) }
    : { ...pace, width: pace.width + 1, wentWell: 0 };
}

/**
 * Half as many after Gcore was busy (429), and a rest as long as it asks, a minute at most. What was
 * begun before that rest and comes back busy too says the same thing once more: it counts once.
 */
export function afterBusy(pace: Pace, now: number, retryAfter: number | null): Pace {
  const restsUntil = now + Math.min(retryAfter ?? REST, LONGEST_REST);
  return now < pace.restsUntil
    ? { ...pace, restsUntil: Math.max(pace.restsUntil, restsUntil) }
    : { width: Math.max(1, Math.floor(pace.width / 2)), wentWell: 0, restsUntil };
}

/** How many are taken ahead, so that none has to be fetched when there is room for the next. */
export const aheadOf = (width: number): number => Math.ceil(width / 2);

/** How many more may be taken now, with so many under way or taken ahead. */
export const roomFor = (pace: Pace, underWay: number, now: number): number =>
  rests(pace, now) ? 0 : Math.max(0, pace.width + aheadOf(pace.width) - underWay);

/** No rest is longer than the longest: one that seems so was taken before the clock was put back. */
const rests = ({ restsUntil }: Pace, now: number): boolean =>
  now < restsUntil && restsUntil - now <= LONGEST_REST;
