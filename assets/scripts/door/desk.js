// The desk at the door: what is pressed, typed or read by the camera becomes an entry that is kept
// on this device first and sent when it can be.
import { Kept, hex } from "./kept.js";
import { dropPage, keepPage } from "./offline.js";
import { Post } from "./post.js";
import { Reader, fingerprint, tokenIn } from "./reader.js";
import { roster } from "./roster.js";
import { hideDone, say, showDone, showList, showNet, showRefused } from "./shown.js";
import { clockIn, present, standing } from "./times.js";
import { word } from "./words.js";

const FETCH_EVERY = 15000; // ms, for what other devices did
const TRY_EVERY = 3000; // ms, while something waits
const TOO_SOON = 500; // ms: a second tap of the same finger
const part = (name) => document.getElementById(`door-${name}`);

export class Desk {
  constructor(root) {
    this.addresses = root.dataset;
    this.kept = new Kept(root.dataset.event);
    this.post = new Post({
      kept: this.kept, list: root.dataset.list, entries: root.dataset.entries,
      changed: () => this.show(),
      told: (entry, outcome) => this.#told(entry, outcome),
    });
    this.done = 0; // when somebody was checked in last
  }

  open() {
    if (part("find")) this.#listen();
    part("refused").querySelector("button").addEventListener("click", () => {
      this.kept.dropRefused();
      this.show();
    });
    addEventListener("online", () => this.post.exchange());
    addEventListener("storage", () => this.show());
    setInterval(() => this.#tick(), TRY_EVERY);
    if (this.kept.list) this.show();
    this.post.exchange();
    keepPage(this.addresses).catch(() => {}); // tried again when the page loads next
  }

  show() {
    const { list, waiting, refused } = this.kept;
    if (list && part("find")) showList(list, roster(list, waiting), part("q").value);
    showNet(this.post, waiting.length, list);
    showRefused(refused, list?.zone ?? "UTC");
    if (this.post.ended) this.#close();
  }

  #tick() {
    if (document.hidden) return;
    const due = Date.now() - (this.asked ?? 0) > FETCH_EVERY;
    if (!due && !this.kept.waiting.length && this.post.online) return;
    this.asked = Date.now();
    this.post.exchange();
  }

  #listen() {
    part("search").hidden = true;
    part("scan").hidden = !Reader.possible;
    part("device").hidden = false;
    part("find").addEventListener("submit", (event) => event.preventDefault());
    part("q").addEventListener("input", () => this.#seek());
    part("people").addEventListener("click", (event) => this.#press(event));
    part("next").addEventListener("click", () => this.#afterTap(() => this.#next()));
    part("undo").addEventListener("click", () => this.#afterTap(() => this.#takeBack(this.last)));
    part("walk-in").addEventListener("submit", (event) => this.#walkIn(event));
    part("scan").addEventListener("click", () => this.#scan());
    part("camera-stop").addEventListener("click", () => this.#stopCamera());
    part("forget").addEventListener("click", () => this.#forget());
    document.addEventListener("visibilitychange", () => document.hidden && this.#stopCamera());
  }

  // Whom it is about

  #seek() {
    hideDone();
    this.show();
  }

  #next() {
    part("q").value = "";
    this.#seek();
    part("q").focus();
  }

  #press(event) {
    const button = event.target.closest("[data-does]");
    if (!button || Date.now() - this.done < TOO_SOON) return;
    const id = button.closest("[data-person]").dataset.person;
    const person = roster(this.kept.list, this.kept.waiting).find((one) => one.id === id);
    if (!person) this.show();
    else if (button.dataset.does === "in") this.#enter(person);
    else this.#takeBack({ person, key: person.came[standing(this.kept.list).day]?.key });
  }

  #afterTap(act) {
    if (Date.now() - this.done >= TOO_SOON) act();
  }

  // Entries

  #enter(person, focus = true) {
    const came = person.came[standing(this.kept.list).day];
    if (came) this.#isHere(person, came, "already", focus);
    else this.#record({ kind: "in", person: person.id, name: person.name }, person, focus);
  }

  /** Keep an entry about somebody who comes in now; on other days than those of the event, none. */
  #record(entry, person, focus = true) {
    const { list } = this.kept;
    const { day, phase } = standing(list);
    const came = { at: present(list).toISOString(), key: hex(16) };
    if (phase !== "open") return this.#said(person, word(phase), false, focus);
    this.kept.add({ ...entry, key: came.key, day, came_at: came.at });
    this.#isHere(person, came, "came", focus);
    return this.post.exchange();
  }

  #isHere(person, { at, key }, how, focus) {
    this.last = { person, key };
    this.#said(person, word(how, { time: clockIn(this.kept.list.zone, at) }), true, focus);
  }

  /** Another device was first: its entry is the one that stands, and can be taken back. */
  #told(entry, outcome) {
    if (outcome !== "already" || this.last?.key !== entry.key || part("done").hidden) return;
    const { id, name } = this.last.person;
    const people = roster(this.kept.list, this.kept.waiting);
    const person = people.find((one) => one.id === id || (id === undefined && one.name === name));
    const came = person?.came[entry.day];
    if (came && !came.waits) this.#isHere(person, came, "already", false);
  }

  #walkIn(event) {
    event.preventDefault();
    const form = event.target;
    const { name, role, body } = form.elements;
    const empty = [name, body].find((field) => !field.value.trim());
    if (empty) {
      empty.setCustomValidity(word("nameless"));
      empty.reportValidity();
      empty.addEventListener("input", () => empty.setCustomValidity(""), { once: true });
      return;
    }
    const home = body.selectedOptions[0].text;
    const person = { name: name.value.trim(), role: role.value.trim(), home };
    this.#record({ kind: "walk-in", body: body.value, ...person }, person);
    form.reset();
    part("add").open = false;
  }

  #takeBack({ person, key }) {
    this.kept.add({ kind: "back", key, name: person.name });
    this.#said(person, word("back"), false);
    this.post.exchange();
  }

  #said(person, text, undo, focus = true) {
    this.done = Date.now();
    showDone(person, text, undo);
    this.show();
    if (focus) part("done-name").focus();
    part("done").scrollIntoView({ block: "nearest" });
  }

  // The camera

  async #scan() {
    part("camera").hidden = false;
    this.#cameraSays("look");
    this.reader ??= new Reader(part("camera").querySelector("video"), (text) => this.#read(text));
    try {
      await this.reader.start();
      part("scan").hidden = true;
      part("camera-stop").focus();
    } catch {
      this.#cameraSays("no-camera");
    }
  }

  async #read(text) {
    const token = tokenIn(text);
    if (!token) return this.#cameraSays("no-code");
    const code = await fingerprint(token);
    const person = roster(this.kept.list, this.kept.waiting).find((one) => one.code === code);
    if (!person) return this.#cameraSays("not-listed");
    this.#cameraSays("look");
    return this.#enter(person, false);
  }

  #cameraSays(name) {
    say(part("camera-says"), word(name));
  }

  #stopCamera() {
    this.reader?.stop();
    if (!part("find")) return;
    part("camera").hidden = true;
    part("scan").hidden = !Reader.possible;
  }

  // The end

  #close() {
    dropPage(this.addresses);
    this.#stopCamera();
    for (const name of ["find", "found", "done", "add"]) part(name)?.remove();
  }

  #forget() {
    if (this.kept.waiting.length) return say(part("net"), word("forget-waits"));
    this.post.ended = true;
    this.kept.dropList();
    this.show();
    return say(part("net"), word("forgotten"));
  }
}
