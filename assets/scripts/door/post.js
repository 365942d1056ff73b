// Sends what waits and fetches the list, one request at a time. An entry leaves the device's memory
// only when the server has said what became of it; sending one twice changes nothing.
import { patiently } from "./patience.js";

const MOST = 50; // entries in one request
const PATIENCE = 8000; // ms

export class Post {
  /** `changed()` is called after each try, `told(entry, outcome)` for each entry that was sent. */
  constructor({ kept, list, entries, changed, told }) {
    Object.assign(this, { kept, list, entries, changed, told });
    this.online = true;
    this.ended = false;
    this.busy = false;
  }

  /** Send and fetch until nothing waits, or until there is no network. */
  async exchange() {
    if (this.busy || this.ended) return;
    this.busy = true;
    try {
      do await this.#once();
      while (this.online && !this.ended && this.kept.waiting.length);
    } finally {
      this.busy = false;
      this.changed();
    }
  }

  async #once() {
    const batch = this.kept.waiting.slice(0, MOST);
    try {
      if (!batch.length || !this.token) this.#take(await this.#ask(this.#known()));
      if (batch.length && !this.ended) await this.#send(batch);
      this.online = true;
    } catch {
      this.online = false;
    }
  }

  #known() {
    const version = this.kept.list?.version;
    return version ? `${this.list}?known=${version}` : this.list;
  }

  async #send(batch) {
    const answer = await this.#ask(this.entries, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": this.token },
      body: JSON.stringify({ device: this.kept.device, entries: batch }),
    });
    if (!answer) return;
    if (!answer.results.length) throw new Error("no entry was taken");
    this.#take(answer);
    for (const { id, outcome, said } of answer.results) {
      const entry = batch.find((each) => each.id === id);
      if (outcome === "refused") this.kept.refuse(entry, said);
      else this.kept.remove(id);
      this.told(entry, outcome);
    }
  }

  /** The answer as JSON; nothing when the link has ended. Throws when there is no answer. */
  async #ask(address, options = {}) {
    const answer = await patiently(PATIENCE, (signal) => fetch(address, { ...options, signal }));
    if (answer.status === 410) this.#end();
    else if (!answer.ok) {
      this.token = undefined; // it may be too old
      throw new Error(`${answer.status}`);
    } else return answer.json();
    return undefined;
  }

  #take(state) {
    if (!state) return;
    const { csrf, now, zone, days, version, people = this.kept.list.people } = state;
    this.token = csrf;
    const ahead = new Date(now) - Date.now();
    this.kept.list = { zone, days, version, people, at: now, ahead };
  }

  #end() {
    this.ended = true;
    this.kept.dropList();
    this.online = true; // it was the server that said so
  }
}
