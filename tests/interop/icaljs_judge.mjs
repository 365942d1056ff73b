// What ical.js makes of calendars: for each of a JSON list on standard input, METHOD, NAME and the
// UTC start and end of every occurrence of every event. Only the calendar's own time zones are known to it.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const require = createRequire(new URL("../../assets/package.json", import.meta.url));
const ICAL = require("ical.js").default ?? require("ical.js");

const inUtc = (moment) =>
  moment.isDate
    ? moment.toString().replaceAll("-", "")
    : moment.convertToZone(ICAL.Timezone.utcTimezone).toICALString();

function occurrencesOf(component) {
  const event = new ICAL.Event(component);
  const found = [];
  if (!event.startDate) return found; // DECLINECOUNTER has none
  const iterator = event.iterator();
  for (let start = iterator.next(); start; start = iterator.next()) {
    const { startDate, endDate } = event.getOccurrenceDetails(start);
    found.push([inUtc(startDate), inUtc(endDate)]);
    if (!event.isRecurring()) break;
  }
  return found;
}

function verdict(text) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  ICAL.TimezoneService.reset();
  for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);
  const components = calendar.getAllSubcomponents("vevent");
  const events = components.map((one) => [one.getFirstPropertyValue("uid"), occurrencesOf(one)]);
  return {
    method: calendar.getFirstPropertyValue("method"),
    name: calendar.getFirstPropertyValue("name"),
    occurrences: events[0]?.[1], // of the first, which in a message is the only one
    events,
  };
}

const calendars = JSON.parse(readFileSync(0, "utf8"));
console.log(JSON.stringify(calendars.map(verdict)));
