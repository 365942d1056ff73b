// What the page says lies in its own markup, in the reader's language.
const templates = new Map();

function template(id) {
  if (!templates.has(id)) templates.set(id, document.getElementById(id).content);
  return templates.get(id);
}

/** The text under a name, its {places} filled in. */
export function word(name, values = {}) {
  const found = template("door-words").querySelector(`[data-word="${name}"]`);
  return found.textContent.replace(/\{(\w+)\}/g, (place, key) => values[key] ?? place);
}

/** The text for so many: "waits-one" or "waits-other". */
export const counted = (name, n, values = {}) =>
  word(`${name}-${n === 1 ? "one" : "other"}`, { n, ...values });

/** A row for a person, as the server would have drawn it. */
export const row = () => template("door-person").firstElementChild.cloneNode(true);
