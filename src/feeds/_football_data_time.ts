const DATE = /^(\d{1,2})\/(\d{1,2})\/(\d{4}|\d{2})$/;
const TIME = /^(\d{1,2}):(\d{2})$/;
/** The files begin with the season of 1993: a year of two digits is of this century below that. */
const CENTURY_FROM = 93;
/** Offsets of British time since 1972, in milliseconds. */
const SUMMER_MS = 3_600_000;
const LONDON = new Intl.DateTimeFormat("en-GB", {
  timeZone: "Europe/London",
  hour: "2-digit",
  hourCycle: "h23",
});

/** A row's day, as 2019-08-09, from either of the two ways the files write it; `undefined` if it is no date. */
export function dayOf(text: string): string | undefined {
  const [, day, month, year] = DATE.exec(text) ?? [];
  if (day === undefined || month === undefined || year === undefined) return undefined;
  const century = year.length === 4 ? "" : Number(year) >= CENTURY_FROM ? "19" : "20";
  const iso = `${century}${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  // Date rolls 31/02 over into March; what was written is no date then.
  return utc(`${iso}T00:00`)?.toISOString().startsWith(iso) === true ? iso : undefined;
}

/**
 * Kick-off in UTC, from British local time, summer time heeded; `undefined` if the time is none.
 *
 * Files from before 2019, and reduced ones, have no times. The match is then taken to begin with its day: that is before any real
 * kick-off of it, so that nobody can bet on a match that has begun; noon would be after the early ones.
 */
export function kickOff(day: string, time: string): Date | undefined {
  if (time === "") return utc(`${day}T00:00`);
  const [, hour, minute] = TIME.exec(time) ?? [];
  if (hour === undefined) return undefined;
  const asUtc = utc(`${day}T${hour.padStart(2, "0")}:${minute}`);
  if (asUtc === undefined) return undefined;
  const inSummer = new Date(asUtc.getTime() - SUMMER_MS);
  return isHour(inSummer, Number(hour)) ? inSummer : asUtc;
}

/** Whether clocks in London show this hour then. */
function isHour(moment: Date, hour: number): boolean {
  return Number(LONDON.format(moment)) === hour;
}

function utc(minute: string): Date | undefined {
  const date = new Date(`${minute}:00.000Z`);
  return Number.isNaN(date.getTime()) ? undefined : date;
}
