// Days and hours in the host city. The device's clock is set right by the server's, which it met
// when the list was last sent.

export function present(list) {
  return new Date(Date.now() + (list?.ahead ?? 0));
}

/** 2027-05-31, on the calendars of that zone. */
export function dayIn(zone, moment) {
  const parts = new Intl.DateTimeFormat("en", {
    timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit",
  }).formatToParts(moment);
  const part = (type) => parts.find((each) => each.type === type).value;
  return `${part("year")}-${part("month")}-${part("day")}`;
}

/** 09:12, on the clocks of that zone. */
export function clockIn(zone, moment) {
  return new Intl.DateTimeFormat("en-GB", {
    timeZone: zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23",
  }).format(new Date(moment));
}

/** The day that people are checked in for, and what kind of day it is, also over midnight. */
export function standing(list) {
  const days = list.days.map(({ day }) => day);
  const today = dayIn(list.zone, present(list));
  const tomorrow = dayIn(list.zone, new Date(present(list).getTime() + 24 * 3600 * 1000));
  if (today < days[0]) return { day: days[0], phase: tomorrow === days[0] ? "rehearsal" : "early" };
  if (today > days.at(-1)) return { day: days.at(-1), phase: "over" };
  return { day: today, phase: "open" };
}
