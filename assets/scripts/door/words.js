// What the page says lies in its own markup, in the reader's language.
const FORMS = new Set(["one", "few", "other"]);
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

/** The text for so many, in the form that the page's language has for it: "waits-one", "waits-few". */
export function counted(name, n) {
  const form = new Intl.PluralRules(document.documentElement.lang).select(n);
  return word(`${name}-${FORMS.has(form) ? form : "other"}`, { n });
}

/** A row for a person, as the server would have drawn it. */
export const row = () => template("door-person").firstElementChild.cloneNode(true);
