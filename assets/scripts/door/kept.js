// What this device keeps: the list as it was last sent, and the entries that still wait. Each entry
// lies under a name of its own, so that two windows never write over each other's.

export function hex(bytes) {
  const figures = crypto.getRandomValues(new Uint8Array(bytes));
  return [...figures].map((each) => each.toString(16).padStart(2, "0")).join("");
}

export class Kept {
  constructor(event) {
    this.place = `door/${event}/`;
  }

  /** Whether the browser lets pages keep anything at all. */
  static works() {
    try {
      localStorage.setItem("door/tried", "1");
      localStorage.removeItem("door/tried");
      return true;
    } catch {
      return false;
    }
  }

  get device() {
    const name = localStorage.getItem("door/device") ?? hex(4);
    localStorage.setItem("door/device", name);
    return name;
  }

  get list() {
    return JSON.parse(localStorage.getItem(`${this.place}list`) ?? "null");
  }

  set list(list) {
    localStorage.setItem(`${this.place}list`, JSON.stringify(list));
  }

  dropList() {
    localStorage.removeItem(`${this.place}list`);
  }

  /** Entries that were not sent yet, in the order in which they were made. */
  get waiting() {
    return this.#under("waits/");
  }

  add(entry) {
    const last = this.waiting.at(-1);
    const order = Math.max(Date.now(), (last?.order ?? 0) + 1);
    const kept = { ...entry, id: hex(8), order };
    localStorage.setItem(`${this.place}waits/${kept.id}`, JSON.stringify(kept));
  }

  remove(id) {
    localStorage.removeItem(`${this.place}waits/${id}`);
  }

  /** Entries that were sent and could not be recorded, until somebody has read them. */
  get refused() {
    return this.#under("refused/");
  }

  refuse(entry, why) {
    localStorage.setItem(`${this.place}refused/${entry.id}`, JSON.stringify({ ...entry, why }));
    this.remove(entry.id);
  }

  dropRefused() {
    for (const { id } of this.refused) localStorage.removeItem(`${this.place}refused/${id}`);
  }

  #under(folder) {
    return Object.keys(localStorage)
      .filter((name) => name.startsWith(this.place + folder))
      .map((name) => JSON.parse(localStorage.getItem(name) ?? "null"))
      .filter(Boolean)
      .sort((one, other) => one.order - other.order);
  }
}
