// What is to be seen: the rows found, who came in last, and how the device stands with the network.
import { count } from "./roster.js";
import { clockIn, standing } from "./times.js";
import { counted, row, word } from "./words.js";
import { matching } from "./fold.js";

const MOST = 40; // rows
const part = (name) => document.getElementById(`door-${name}`);

export function showList(list, people, asked) {
  const { day, phase } = standing(list);
  const numbers = count(people, day);
  part("came").textContent = numbers.came;
  part("expected").textContent = numbers.expected;
  part("day").textContent = list.days.find((each) => each.day === day).name;
  part("besides").textContent = word("besides", { n: numbers.besides });
  part("besides").hidden = !numbers.besides;
  part("rehearsal").hidden = phase !== "rehearsal";
  const found = matching(people, asked);
  const name = asked ? "found" : "list";
  const values = { n: found.length, shown: MOST };
  say(part("how-many"), found.length > MOST ? word(`${name}-more`, values) : counted(name, found.length));
  part("people").replaceChildren(...found.slice(0, MOST).map((one) => rowOf(one, day, list.zone)));
}

function rowOf(person, day, zone) {
  const made = row();
  const came = person.came[day];
  const what = [person.name.includes(person.role) ? "" : person.role, person.home];
  for (const each of made.querySelectorAll("[data-is=name]")) each.textContent = person.name;
  made.querySelector("[data-is=what]").textContent = what.filter(Boolean).join(" · ");
  const wanted = caseOf(person, came, day);
  for (const each of made.querySelectorAll("[data-case]")) {
    if (each.dataset.case !== wanted) each.remove();
    else if (came) each.firstElementChild.textContent = filled(each.textContent, clockIn(zone, came.at));
  }
  made.querySelector(came ? "[data-does=in]" : "[data-does=back]").remove();
  made.dataset.person = person.id;
  return made;
}

const filled = (text, time) => text.trim().replace("{time}", time);

function caseOf(person, came, day) {
  if (came) return came.waits ? "waits" : "came";
  if (person.days.includes(day)) return "expected";
  return person.days.length ? "other_day" : "unregistered";
}

/** Who came in: large, and with the focus, so that a screen reader says it. */
export function showDone(person, text, undo) {
  part("done-name").textContent = person.name;
  part("done-home").textContent = [person.role, person.home].filter(Boolean).join(" · ");
  part("done-when").textContent = text;
  part("undo").hidden = !undo;
  part("done").hidden = false;
  part("found").hidden = true;
}

export function hideDone() {
  part("done").hidden = true;
  part("found").hidden = false;
}

export function showNet({ online, ended }, waiting, list) {
  const net = part("net");
  net.hidden = false;
  delete net.dataset.calm;
  if (ended) say(net, waiting ? counted("ended", waiting) : word("ended"));
  else if (waiting) say(net, counted("waits", waiting));
  else if (!online && list) say(net, word("offline", { time: clockIn(list.zone, list.at) }));
  else {
    net.dataset.calm = "";
    say(net, word("sent"));
  }
}

export function showRefused(refused, zone) {
  part("refused").hidden = !refused.length;
  part("refused").querySelector("ul").replaceChildren(...refused.map((entry) => {
    const line = document.createElement("li");
    const time = entry.came_at ? clockIn(zone, entry.came_at) : "–";
    line.textContent = word("refused", { name: entry.name ?? "–", time, why: entry.why });
    return line;
  }));
}

/** Set a text only when it is another one: a screen reader says it each time it is set. */
export function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
