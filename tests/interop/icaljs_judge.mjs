// What ical.js makes of calendars: for each of a JSON list on standard input, the METHOD and the
// UTC start and end of every occurrence. Only the calendar's own time zones are known to it.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const require = createRequire(new URL("../../assets/package.json", import.meta.url));
const ICAL = require("ical.js").default ?? require("ical.js");

const inUtc = (moment) =>
  moment.isDate
    ? moment.toString().replaceAll("-", "")
    : moment.convertToZone(ICAL.Timezone.utcTimezone).toICALString();

function verdict(text) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  ICAL.TimezoneService.reset();
  for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);
  const event = new ICAL.Event(calendar.getFirstSubcomponent("vevent"));
  const occurrences = [];
  const iterator = event.iterator();
  for (let start = iterator.next(); start; start = iterator.next()) {
    const { startDate, endDate } = event.getOccurrenceDetails(start);
    occurrences.push([inUtc(startDate), inUtc(endDate)]);
    if (!event.isRecurring()) break;
  }
  return { method: calendar.getFirstPropertyValue("method"), occurrences };
}

const calendars = JSON.parse(readFileSync(0, "utf8"));
console.log(JSON.stringify(calendars.map(verdict)));
