// The form goes to the server some seconds after somebody stops typing, and when they look away. What
// could not be sent is kept on this device, put back when the page is opened again, and sent when there
// is a network. The server alone decides which of two versions stands: it is told which one this is.
import { Kept } from "./kept.js";
import { wasSaved } from "./settled.js";
import { contentOf, fill, textOf } from "./text.js";
import { say } from "./words.js";

const PAUSE = 2500; // ms after the last key
const AGAIN = 5000; // ms, while something waits

export class Autosave {
  constructor(form, place) {
    this.form = form;
    this.place = place;
    this.kept = new Kept(form.dataset.autosave);
    this.sent = contentOf(textOf(form)); // what the page came with
    this.last = form.dataset.standing;
    this.versions = document.getElementById("versions");
  }

  start() {
    if (this.versions) this.#choose();
    else this.#putBack();
    this.form.addEventListener("input", () => this.#typed());
    this.form.addEventListener("submit", () => this.#leave());
    addEventListener("online", () => this.save());
    addEventListener("pagehide", () => this.save(true));
    addEventListener("pageshow", () => (this.leaving = this.saving = false));
    document.addEventListener("visibilitychange", () => document.hidden && this.save(true));
    setInterval(() => this.waits && this.save(), AGAIN);
  }

  /** `last`: the page may end before the answer comes. */
  async save(last = false) {
    clearTimeout(this.timer);
    const text = textOf(this.form);
    if (this.leaving || this.stopped || this.saving || contentOf(text) === this.sent) return;
    this.saving = true;
    this.kept.keep(text);
    const answer = await this.#post(text, last);
    this.saving = false;
    if (!this.leaving) this.#settle(answer, text);
  }

  #typed() {
    clearTimeout(this.timer);
    if (this.waits || this.stopped) this.kept.keep(textOf(this.form));
    if (!this.stopped) this.timer = setTimeout(() => this.save(), PAUSE);
    this.note = "";
  }

  // The form itself saves now. What it sends stays kept until the server has shown that it came.
  #leave() {
    this.leaving = true;
    clearTimeout(this.timer);
    this.kept.keep(textOf(this.form), { pressed: true, last: this.last });
  }

  /** `state`: saved, overtaken, refused; or offline: nobody answered, or nobody who knows. */
  async #post(text, keepalive) {
    const body = new URLSearchParams(JSON.parse(text));
    body.set("press", "autosave");
    body.set("csrf_token", this.form.elements.csrf_token.value);
    try {
      const answer = await fetch(location.pathname, { method: "POST", body, keepalive });
      if (answer.status >= 500) return { state: "offline" };
      const known = answer.headers.get("Content-Type")?.startsWith("application/json");
      return known ? await answer.json() : { state: "refused" };
    } catch {
      return { state: "offline" };
    }
  }

  #settle({ state, standing }, text) {
    this.waits = state === "offline";
    this.stopped = state === "overtaken" || state === "refused";
    if (state === "saved") {
      this.sent = contentOf(text);
      this.last = standing;
      this.kept.drop();
      if (contentOf(textOf(this.form)) !== this.sent) this.#typed();
    }
    const unkept = this.waits && !this.kept.works;
    say(this.place, unkept ? "unkept" : state, new Date(), state === "saved" ? this.note : "");
  }

  #putBack() {
    const kept = this.kept.read();
    if (!kept) return;
    if (contentOf(kept.text) === this.sent || wasSaved(kept, this.form.dataset)) {
      this.kept.drop();
      return;
    }
    fill(this.form, kept.text);
    this.note = say(this.place, "back", new Date(kept.at));
    this.timer = setTimeout(() => this.save(), PAUSE);
  }

  // Both versions stand on the page: nothing is saved by itself until somebody has chosen.
  #choose() {
    this.stopped = true;
    this.kept.keep(textOf(this.form));
    const theirs = this.versions.querySelector("a[data-drops]");
    theirs.addEventListener("click", () => this.kept.drop());
  }
}
