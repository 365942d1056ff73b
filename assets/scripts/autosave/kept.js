// What was typed and not saved yet, on this device, until it is.
const PLACE = "typed/";
const LONGEST = 7 * 24 * 3600 * 1000; // ms; then nobody comes back for it

/** Take off this device what is too old, of any form: it holds names and addresses. */
export function forgetOld() {
  try {
    for (const name of Object.keys(localStorage)) if (name.startsWith(PLACE)) dropIfOld(name);
  } catch {
    // Switched off: nothing is kept.
  }
}

function dropIfOld(name) {
  const { at } = JSON.parse(localStorage.getItem(name));
  if (Date.now() - at >= LONGEST) localStorage.removeItem(name);
}

export class Kept {
  constructor(name) {
    this.name = PLACE + name;
    this.works = true;
  }

  /** `pressed`: a button of the form was pressed; `last`: what stood on the server before that. */
  keep(text, { pressed = false, last = "" } = {}) {
    try {
      localStorage.setItem(this.name, JSON.stringify({ text, pressed, last, at: Date.now() }));
    } catch {
      this.works = false; // switched off, or full
    }
  }

  read() {
    try {
      return JSON.parse(localStorage.getItem(this.name));
    } catch {
      return null;
    }
  }

  drop() {
    try {
      localStorage.removeItem(this.name);
    } catch {
      this.works = false;
    }
  }
}
