// What stands in a form, as one string that can be kept, compared and put back.

const ABOUT_IT = ["seen", "written_in"]; // which version it is, not what was typed

/** All fields in order, but for the token of this page. */
export function textOf(form) {
  return JSON.stringify([...new FormData(form)].filter(([name]) => name !== "csrf_token"));
}

/** What was typed alone: the same in two versions that say the same. */
export function contentOf(text) {
  return JSON.stringify(JSON.parse(text).filter(([name]) => !ABOUT_IT.includes(name)));
}

/** The value of one field. */
export function fieldOf(text, name) {
  return JSON.parse(text).find(([one]) => one === name)?.[1] ?? "";
}

/** Puts a text back. A field that the form has no longer goes along unseen, so that none is lost. */
export function fill(form, text) {
  const values = new Map();
  for (const [name, value] of JSON.parse(text)) {
    values.set(name, [...(values.get(name) ?? []), value]);
  }
  for (const control of form.elements) {
    if (!control.name || control.name === "csrf_token" || control.type === "submit") continue;
    const own = values.get(control.name);
    if (control.type === "checkbox" || control.type === "radio") {
      control.checked = own?.includes(control.value) ?? false;
    } else if (own) control.value = own.shift();
  }
  for (const [name, own] of values) if (!form.elements[name]) own.forEach((value) => append(form, name, value));
}

function append(form, name, value) {
  const field = Object.assign(document.createElement("input"), { type: "hidden", name, value });
  form.append(field);
}
