// A board that many write on at once. The page is whole without it; with it, everybody sees everything at once.
import { runClock } from "./clock.ts";
import { attachDrag } from "./drag.ts";
import { Drawing } from "./draw.ts";
import { attachGathering, bringTo, nameOf } from "./gathering.ts";
import { attachInPlace } from "./in-place.ts";
import { newer, newId } from "./items.ts";
import type { Answer, Item, Operation, Wanted } from "./items.ts";
import type { Canvas } from "./canvas/canvas.ts";
import type { Host } from "./canvas/host.ts";
import type { Others } from "./canvas/others.ts";
import { Hands, LaneStage } from "./hands.ts";
import { Line } from "./line.ts";
import type { Gathering } from "./line.ts";
import { deviceShelf, Outbox, twinOf } from "./outbox.ts";
import { paragraphsIn } from "./paragraphs.ts";
import { renew } from "./renewed.ts";
import { Said } from "./said.ts";
import { attachSelection } from "./selection.ts";

interface Setup {
  readonly id: string;
  readonly seq: number;
  readonly socket: string;
  readonly since: string;
  readonly do: string;
  readonly note: string;
  readonly who: string;
  readonly rights: readonly string[];
  readonly sector: string;
  readonly hiding: boolean;
  readonly leading: boolean;
  readonly approving: boolean;
  readonly reactions: Readonly<Record<string, string>>;
  readonly sectors: Readonly<Record<string, string>>;
  readonly refusals: Readonly<Record<string, string>>;
  readonly words: Readonly<Record<"saved" | "waiting" | "offline" | "mine" | "proxy" | "hidden" | "held" | "keep_both" | "edit" | "over" | "new" | "writing" | "here" | "chosen" | "comments" | "look", string>>;
}

const LAST = "~";
const SAY_EVERY_MILLISECONDS = 5000;
const WRITING_EVERY_MILLISECONDS = 3000;

// So long after something was written the table tells it.
const TABLE_RESTS_MILLISECONDS = 1200;
// How often the one who leads looks whether something waits for them, while notes are looked at first.
const LOOK_EVERY_MILLISECONDS = 15_000;

export async function attachBoard(room: HTMLElement): Promise<void> {
  // The canvas is large, so only its own page fetches it.
  const canvas = room.dataset["view"] === "canvas" ? await import("./canvas/begin.ts") : null;
  new LiveBoard(room, canvas).begin();
}

class LiveBoard {
  private setup: Setup;
  private seq: number;
  private readonly known = new Map<string, number>();
  private readonly drawing: Drawing | Canvas;
  private readonly canvas: Canvas | null;
  private readonly others: Others | null;
  private readonly hands: Hands;
  private readonly said: Said;
  private readonly outbox: Outbox;
  private readonly line: Line;
  private isOnline = true;
  private news = 0;
  private lastWriting = 0;
  private refreshing = 0;

  private readonly room: HTMLElement;

  constructor(room: HTMLElement, free: { Canvas: typeof Canvas; Others: typeof Others } | null) {
    this.room = room;
    this.setup = JSON.parse(room.dataset["board"] ?? "{}") as Setup;
    this.seq = this.setup.seq;
    const words = this.setup.words;
    this.outbox = new Outbox(deviceShelf(), this.setup.id, this.setup.who, () => this.tellSaved());
    this.canvas = free ? new free.Canvas(this.host()) : null;
    this.drawing = this.canvas ?? new Drawing(room, this.setup.note, this.setup.sectors, words);
    this.others = free && this.canvas ? new free.Others(this.canvas, this.setup.sectors) : null;
    this.hands = new Hands(this.others ?? new LaneStage(room, (id) => this.drawing.find(id)));
    this.said = new Said((id) => this.drawing.find(id), this.setup.reactions, words.comments);
    this.line = new Line(this.setup, {
      items: (seq, items, isStateChanged) => this.heard(seq, items, isStateChanged),
      done: (answers) => answers.forEach((answer) => this.answered(answer)),
      writing: (inside, sector) => this.drawing.writing(inside, sector, words.writing),
      here: (count, sectors) => this.tellHere(count, sectors),
      connected: (isOn) => this.connected(isOn),
      seq: () => this.seq,
      waiting: () => this.outbox.operations(),
      token: () => room.querySelector<HTMLInputElement>('input[name="csrfmiddlewaretoken"]')?.value ?? "",
    });
  }

  begin(): void {
    void this.outbox.open().then((ops) => {
      ops.forEach((op) => this.drawWaiting(op));
      this.line.open();
    });
    this.room.addEventListener("submit", (event) => this.compose(event));
    this.room.addEventListener("input", (event) => this.write(event));
    this.room.addEventListener("keydown", (event) => this.pressed(event));
    this.line.onGather = (place) => this.gathered(place);
    attachGathering(this.room, (item) => this.line.gather({ item }));
    this.line.onLead = (place) => this.canvas?.following.heard(place);
    this.line.onDrag = (carries) => carries.forEach((carry) => this.hands.hear(carry));
    this.line.onCursor = (cursors) => this.others?.point(cursors);
    if (!this.canvas) {
      attachDrag(this.room, {
        mayMove: (note) => this.mayMove(note),
        over: (id, inside, before) => this.line.drags(() => ({ items: [id], x: 0, y: 0, inside, before })),
        letGo: () => this.line.letsGo(),
        moved: (id, inside, before) => this.move(id, inside, before),
      });
      attachInPlace(this.room, this.setup.words.edit, (note) => this.mayChange(note), (id, text, base) => this.wants({ kind: "edit", item: id, text, base }));
    }
    attachSelection(this.room, this.setup.words.chosen);
    runClock(this.room, this.setup.words.over);
    setInterval(() => this.say(), SAY_EVERY_MILLISECONDS);
    if (this.setup.approving) setInterval(() => this.refreshSoon(), LOOK_EVERY_MILLISECONDS);
    this.room.dataset["isAttached"] = "";
  }

  private get isTable(): boolean {
    return this.room.dataset["view"] === "table";
  }

  private host(): Host {
    const board = this;
    return {
      room: this.room,
      do: (op) => this.wants(op),
      waits: (id) => this.outbox.operations().some((op) => op.item === id),
      may: (right) => this.setup.rights.includes(right),
      who: (item) => who(item, this.setup.sectors, this.setup.words),
      get isLeading() {
        return board.setup.leading;
      },
      get sector() {
        return board.setup.sector;
      },
      tell: (words) => this.tell(words),
      points: ({ x, y }) => this.line.sendCursor(x, y),
      drags: (where) => this.line.drags(where),
      letsGo: () => this.line.letsGo(),
      leads: (place) => this.line.lead(place),
      gather: (place) => this.line.gather(place),
      say: (words) => this.announce(words),
    };
  }

  // What one does oneself

  private compose(event: SubmitEvent): void {
    const form = event.target as HTMLFormElement;
    if (form.matches(".note-vote")) return void this.vote(form, event);
    if (!form.matches("[data-compose]")) return;
    const typed = new FormData(form);
    const text = String(typed.get("text") ?? "").trim();
    event.preventDefault();
    if (!text) return;
    const what = typed.get("what") === "group" ? "group" : "note";
    const isProxy = typed.has("for_others");
    for (const part of this.room.dataset["view"] === "text" ? paragraphsIn(text) : [text]) {
      this.do({
        id: `${newId()}${newId()}`,
        kind: "add",
        item: newId(),
        what,
        text: part,
        inside: String(typed.get("inside") ?? ""),
        ...(isProxy ? { is_proxy: true, sector: String(typed.get("sector") ?? "") } : {}),
      });
    }
    const field = form.querySelector<HTMLInputElement>('[name="text"]');
    if (field) field.value = "";
    const heading = form.querySelector<HTMLInputElement>('[name="what"]');
    if (heading) heading.checked = false;
    field?.focus();
  }

  /** The same form, without leaving the place. */
  private async vote(form: HTMLFormElement, event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const id = form.closest<HTMLElement>("[data-item]")?.dataset["item"] ?? "";
    const sent = await fetch(form.action, { method: "POST", body: new FormData(form, event.submitter) }).catch(() => null);
    if (!sent?.ok) return this.tell(this.setup.words.offline);
    await this.refresh();
    this.drawing.find(id)?.querySelector<HTMLButtonElement>(".note-vote button")?.focus();
  }

  private write(event: Event): void {
    const form = (event.target as Element).closest<HTMLFormElement>("form[data-compose]");
    if (!form || this.setup.hiding || Date.now() - this.lastWriting < WRITING_EVERY_MILLISECONDS) return;
    this.lastWriting = Date.now();
    this.line.isWriting(String(new FormData(form).get("inside") ?? ""));
  }

  private pressed(event: KeyboardEvent): void {
    if (event.key === "Escape") (document.activeElement as HTMLElement | null)?.blur();
  }

  private move(id: string, inside: string, before: string): void {
    const note = this.drawing.find(id);
    const lane = this.room.querySelector<HTMLElement>(`[data-lane="${inside}"]`);
    if (!note || !lane || before === id) return;
    const next = before ? this.drawing.find(before) : null;
    lane.insertBefore(note, next?.parentElement === lane ? next : null);
    this.do({ id: `${newId()}${newId()}`, kind: "move", item: id, inside, before });
  }

  private mayMove(note: HTMLElement): boolean {
    return this.setup.rights.includes("move") || (note.hasAttribute("data-mine") && this.setup.rights.includes("change_own"));
  }

  private mayChange(note: HTMLElement): boolean {
    if (this.setup.rights.includes("change_any")) return true;
    return this.setup.rights.includes("change_own") && (this.setup.leading || note.hasAttribute("data-mine"));
  }

  /** An operation that has no number yet. */
  private wants(op: Wanted): void {
    this.do({ id: `${newId()}${newId()}`, ...op });
  }

  private do(op: Operation): void {
    this.outbox.add(op, Date.now());
    this.drawWaiting(op);
    this.line.send([op]);
  }

  private drawWaiting(op: Operation): void {
    if (this.canvas) return this.canvas.apply(op);
    if (op.kind === "edit") this.drawing.find(op.item)?.setAttribute("data-waiting", "");
    if (op.kind === "move") this.drawing.find(op.item)?.setAttribute("data-waiting", "");
    if (op.kind !== "add" || this.known.has(op.item)) return;
    this.drawing.put(
      {
        id: op.item, seq: 0, kind: op.what ?? "note", text: op.text ?? "", inside: op.inside ?? "", rank: LAST,
        sector: op.is_proxy ? (op.sector ?? "") : this.setup.sector, name: "", mine: true, proxy: op.is_proxy ?? false,
        hidden: this.setup.hiding, base: 0,
      },
      true,
    );
  }

  private answered(answer: Answer): void {
    const op = this.outbox.answered(answer.id);
    if (!op) return;
    this.drawing.find(op.item)?.removeAttribute("data-waiting");
    if (answer.no === undefined) return;
    this.tell(this.setup.refusals[answer.no] ?? "");
    this.canvas?.refused(op);
    // Others have changed the words meanwhile. Nothing is overwritten, and nothing is lost: both stand there.
    const home = this.canvas?.items.get(op.item)?.inside ?? this.drawing.find(op.item)?.closest<HTMLElement>("[data-lane]")?.dataset["lane"];
    const twin = answer.no === "conflict" ? twinOf(op, home ?? "", newId) : undefined;
    // Right after the one it is a twin of: in a text the order is the sense.
    const next = this.drawing.find(op.item)?.nextElementSibling;
    const before = next instanceof HTMLElement ? (next.dataset["item"] ?? "") : "";
    if (twin) this.do(before && !this.canvas ? { ...twin, before } : twin);
    if (op.kind === "add") {
      // The words go back to where they were written, so that nothing is lost.
      this.drawing.remove(op.item);
      const field = this.room.querySelector<HTMLInputElement>('form[data-compose] [name="text"]');
      if (field && !field.value) field.value = op.text ?? "";
    } else void this.refresh();
  }

  // What is heard

  private heard(seq: number, items: Item[], isStateChanged: boolean): void {
    const fresh = newer(this.known, items);
    let isWholePageStale = isStateChanged;
    for (const item of fresh) {
      const isNew = !this.known.has(item.id) && !this.drawing.find(item.id);
      this.known.set(item.id, item.seq);
      this.hands.arrived(item.id);
      if (item.kind === "reaction" || item.kind === "comment") {
        // What the page was made after, it has counted.
        if (item.seq > this.setup.seq && !this.said.hear(item)) this.refreshSoon();
      } else if (item.gone) this.drawing.remove(item.id);
      else if (item.kind === "column" && !this.canvas) isWholePageStale ||= isNew;
      else {
        this.drawing.put(item);
        if (isNew && item.kind === "note" && !item.mine) this.news += 1;
      }
    }
    this.seq = Math.max(this.seq, seq);
    if (fresh.length && !this.setup.hiding) this.drawing.countVoices();
    // A table is drawn by the forum alone: in order, folded, and with what only it can count.
    if (this.isTable && fresh.length) this.refreshSoon();
    else if (isWholePageStale && this.seq > this.setup.seq) this.refreshSoon();
  }

  /** A new phase: other rights, another prompt, another clock. Not all browsers in the same moment, nor oftener when much happens. */
  private refreshSoon(): void {
    const rest = this.isTable ? TABLE_RESTS_MILLISECONDS : 100;
    this.refreshing ||= window.setTimeout(() => {
      this.refreshing = 0;
      void this.refresh();
    }, rest + Math.random() * 900);
  }

  private async refresh(): Promise<void> {
    if (this.isInHand()) return this.refreshSoon();
    const answer = await fetch(location.href, { headers: { "X-Requested-With": "board" } }).catch(() => null);
    if (!answer?.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    // Taken up while the page was on its way.
    if (this.isInHand()) return this.refreshSoon();
    const room = page.querySelector<HTMLElement>("[data-board]");
    if (!room) return;
    const rights = (JSON.parse(room.dataset["board"] ?? "{}") as Setup).rights.join();
    if (this.canvas && rights !== this.setup.rights.join()) {
      // Other tools: the canvas begins anew, when nothing is in the hand and all is kept.
      const isBusy = this.outbox.size || this.canvas.held.size || this.room.querySelector("textarea.in-place");
      return isBusy ? this.refreshSoon() : location.reload();
    }
    renew(this.room, room, this.canvas ? [".phases", ".room-side"] : [".phases", ".room-side", this.isTable ? "[data-rows]" : ".room-work"]);
    this.setup = JSON.parse(room.dataset["board"] ?? "{}") as Setup;
    if (this.canvas) {
      for (const said of room.querySelectorAll<HTMLElement>(".note[data-item]")) {
        const [now, then] = [this.drawing.find(said.dataset["item"] ?? "")?.querySelector("[data-said]"), said.querySelector("[data-said]")];
        if (now && then) now.replaceWith(then);
      }
    } else this.known.clear();
    this.said.forget();
    this.seq = Math.max(this.seq, this.setup.seq);
    this.outbox.operations().forEach((op) => this.drawWaiting(op));
  }

  /** Words that are being changed where they stand, and a note that is dragged, are not taken out of the hand. */
  private isInHand(): boolean {
    return !this.canvas && this.room.querySelector("textarea.in-place, .note[data-held]") !== null;
  }

  private gathered(place: Gathering): void {
    if (this.canvas) return this.canvas.lookAt(place);
    const name = nameOf(this.room, place.item);
    const words = this.setup.words.look.replace("{n}", name);
    bringTo(this.room, this.drawing.find(place.item));
    // A place on the canvas, and a heading that has gone, are nowhere on this page.
    if (name) this.isTable ? this.tell(words) : this.announce(words);
  }

  // What is said

  private connected(isOn: boolean): void {
    this.isOnline = isOn;
    this.room.toggleAttribute("data-is-connected", isOn);
    if (!isOn) {
      this.hands.clear();
      this.others?.clear();
    }
    this.tellSaved();
  }

  private tellSaved(): void {
    const status = this.room.querySelector<HTMLElement>("[data-saved]");
    if (!status) return;
    const waiting = this.outbox.size;
    const words = this.setup.words;
    status.dataset["state"] = waiting || !this.isOnline ? "waiting" : "saved";
    // A number is a promise: it counts what the device has kept.
    const { kept } = this.outbox;
    const text = waiting ? (kept ? `${words.waiting} (${kept})` : words.waiting) : this.isOnline ? `${words.saved} ✓` : words.offline;
    if (status.textContent !== text) status.textContent = text;
  }

  private tellHere(count: number, sectors: Readonly<Record<string, number>>): void {
    const named = Object.entries(sectors).filter(([sector]) => this.setup.sectors[sector]);
    const parts = named.map(([sector, n]) => `${this.setup.sectors[sector]} ${n}`);
    const words = [this.setup.words.here.replace("{n}", String(count)), ...parts].join(" · ");
    for (const place of this.room.querySelectorAll<HTMLElement>("[data-here]")) place.textContent = words;
  }

  private tell(words: string): void {
    const place = this.room.querySelector<HTMLElement>("[data-tell]");
    if (place) place.textContent = words;
  }

  /** Gathered, so that a screen reader is not talked over: at most each five seconds. */
  private say(): void {
    if (!this.news) return;
    this.announce(this.setup.words.new.replace("{n}", String(this.news)));
    this.news = 0;
  }

  private announce(words: string): void {
    const place = this.room.querySelector<HTMLElement>("[data-announce]");
    if (place) place.textContent = words;
  }
}

/** Who wrote it, in one line. */
function who(item: Item, sectors: Readonly<Record<string, string>>, words: Setup["words"]): string {
  const parts = [item.name, sectors[item.sector] ?? "", item.mine ? words.mine : "", item.proxy ? words.proxy : ""];
  return [parts.filter(Boolean).join(", "), item.waiting ? words.held : item.hidden ? words.hidden : ""].filter(Boolean).join(" · ");
}
