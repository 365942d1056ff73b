// The list as it will be once everything that waits has been sent.
import { fold } from "./fold.js";

export function roster(list, waiting) {
  const people = new Map(
    (list?.people ?? []).map((one) => [one.id, { ...one, came: { ...one.came } }]),
  );
  for (const entry of waiting) {
    if (entry.kind === "in") enter(people.get(entry.person), entry);
    else if (entry.kind === "walk-in") enter(newcomer(people, entry), entry);
    else takeBack(people, entry.key);
  }
  return [...people.values()];
}

function enter(person, { day, came_at: at, key }) {
  if (person && !person.came[day]) person.came[day] = { at, key, waits: true };
}

function newcomer(people, entry) {
  const id = `new:${entry.key}`;
  const { name, role, home } = entry;
  const sought = fold(`${name} ${role} ${home}`);
  people.set(id, { id, name, role, home, sought, code: "", days: [], came: {} });
  return people.get(id);
}

function takeBack(people, key) {
  for (const person of people.values()) {
    for (const [day, came] of Object.entries(person.came)) {
      if (came.key === key) delete person.came[day];
    }
    if (!person.days.length && !Object.keys(person.came).length) people.delete(person.id);
  }
}

/** How many of those expected on that day are here, and how many besides. */
export function count(people, day) {
  const expected = people.filter((one) => one.days.includes(day));
  const here = (several) => several.filter((one) => one.came[day]).length;
  return { expected: expected.length, came: here(expected), besides: here(people) - here(expected) };
}
