// What was typed and not saved yet, on this device, until it is.
const LONGEST = 7 * 24 * 3600 * 1000; // ms; then nobody comes back for it

export class Kept {
  constructor(name) {
    this.name = `typed/${name}`;
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
      const kept = JSON.parse(localStorage.getItem(this.name));
      return kept && Date.now() - kept.at < LONGEST ? kept : null;
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
