// The free canvas: the same items as on the wall, where the hand puts them. Every item is an element that takes focus.
import { newId } from "../items.ts";
import type { Item, Operation, Wanted } from "../items.ts";
import type { Gathering } from "../line.ts";
import { Bar } from "./bar.ts";
import { Camera } from "./camera.ts";
import { changed, lying, placeOf } from "./changes.ts";
import { attachClipboard } from "./clipboard.ts";
import { Following } from "./following.ts";
import { around, holds, middle } from "./geometry.ts";
import type { Box, Point } from "./geometry.ts";
import { Hand } from "./hand.ts";
import type { Host } from "./host.ts";
import { attachKeys } from "./keys.ts";
import { layOut, noteHeight, size } from "./layout.ts";
import { connect, dress, made, put, read } from "./pieces.ts";
import type { CanvasWords } from "./pieces.ts";
import { Undo } from "./undo.ts";
import type { Step } from "./undo.ts";
import { write } from "../writing.ts";

// What each looks like unasked, as the forum has it (kompetanse.board.items).
const LOOKS: Readonly<Record<string, string>> = { shape: "rectangle", connector: "arrow" };
const NONE: Box = { x: 0, y: 0, w: 0, h: 0 };

export class Canvas {
  readonly items = new Map<string, Item>();
  readonly nodes = new Map<string, HTMLElement>();
  /** Counted from the corner of what each lies in. */
  boxes = new Map<string, Box>();
  readonly chosen = new Set<string>();
  readonly camera: Camera;
  readonly undo: Undo;
  readonly hand: Hand;
  readonly bar: Bar;
  readonly following: Following;
  readonly words: CanvasWords;
  /** Held in the hand: where others put it meanwhile waits. */
  readonly held = new Set<string>();
  private readonly graves = new Map<string, Item>();
  private isStale = false;

  readonly host: Host;
  readonly root: HTMLElement;
  readonly view: HTMLElement;
  readonly world: HTMLElement;

  constructor(host: Host) {
    this.host = host;
    this.root = host.room.querySelector<HTMLElement>("[data-canvas]")!;
    this.view = this.root.querySelector<HTMLElement>("[data-view-of]")!;
    this.world = this.root.querySelector<HTMLElement>("[data-world]")!;
    this.words = JSON.parse(this.root.dataset["canvas"] ?? "{}") as CanvasWords;
    this.camera = new Camera(this.view, this.world, (scale) => {
      const place = this.root.querySelector("[data-scale]");
      if (place) place.textContent = `${Math.round(scale * 100)} %`;
    });
    this.undo = new Undo(() => this.bar?.tellUndo());
    this.readAll();
    this.bar = new Bar(this);
    this.hand = new Hand(this);
    attachKeys(this);
    attachClipboard(this);
    this.arrange();
    this.camera.begin(this.whole());
    this.following = new Following(this);
  }

  private readAll(): void {
    for (const node of this.world.querySelectorAll<HTMLElement>("[data-item]")) {
      const item = read(node);
      this.items.set(item.id, item);
      this.nodes.set(item.id, node);
    }
  }

  // What the board asks of a view

  find(id: string): HTMLElement | null {
    return this.nodes.get(id) ?? null;
  }

  remove(id: string): void {
    const item = this.items.get(id);
    if (item) this.graves.set(id, item);
    this.items.delete(id);
    this.nodes.get(id)?.remove();
    this.nodes.delete(id);
    if (this.chosen.delete(id)) this.bar.show();
    this.arrangeSoon();
  }

  put(heard: Item, isWaiting = false): boolean {
    if (heard.kind === "comment" || heard.kind === "reaction") return false;
    if (heard.kind === "file" && this.items.get(heard.inside)?.kind === "note") return false;
    const known = this.items.get(heard.id);
    // What is in one's own hand, or on its way to the forum, is not pulled back to where it was.
    const isOwn = known && !isWaiting && (this.held.has(heard.id) || this.host.waits(heard.id));
    const item = isOwn ? { ...heard, inside: known.inside, ...placeOf(known) } : heard;
    const node = this.nodes.get(item.id) ?? made(this.host.room, item);
    if (!node) return false;
    this.items.set(item.id, item);
    this.nodes.set(item.id, node);
    dress(node, item, this.words, this.host.who(item));
    node.toggleAttribute("data-waiting", isWaiting);
    this.seat(node, item);
    this.arrangeSoon();
    return true;
  }

  countVoices(): void {
    for (const cell of this.host.room.querySelectorAll<HTMLElement>("[data-voice]")) {
      const notes = this.world.querySelectorAll(`.note[data-sector="${cell.dataset["voice"]}"]`).length;
      if (notes) cell.textContent = String(notes);
    }
  }

  writing(): void {
    // Somebody has begun a note: on the canvas it comes when it is written.
  }

  /** One's own operation, before the forum has answered. */
  apply(op: Operation): void {
    const known = this.items.get(op.item);
    if (op.kind === "add" && !known) {
      this.put({
        id: op.item, seq: 0, kind: op.what ?? "note", text: op.text ?? "", inside: op.inside ?? "", rank: "~", sector: this.host.sector, name: "", mine: true,
        proxy: false, hidden: false, base: 0, ...(op.w ? { x: op.x ?? 0, y: op.y ?? 0, w: op.w, h: op.h ?? 0 } : {}), look: op.look ?? LOOKS[op.what ?? ""] ?? "", path: op.path ?? "",
      }, true);
    } else if (op.kind === "delete") this.remove(op.item);
    else if (op.kind === "restore" && !known && this.graves.has(op.item)) this.put(this.graves.get(op.item)!, true);
    else if (known) this.put(changed(known, op), true);
  }

  refused(op: Operation): void {
    this.undo.forget(op.item);
  }

  // Where things lie

  /** Everybody is brought to what one sees oneself. */
  gather(): void {
    const { x, y } = this.camera.middle;
    this.host.gather({ x: Math.round(x), y: Math.round(y), zoom: Math.round(this.camera.scale * 1000) });
  }

  /** Where the one who leads has gathered all: a heading's frame, or a place and how near. */
  lookAt(place: Gathering): void {
    if (!place.item) this.camera.lookAt(place, place.zoom / 1000);
    else if (this.items.has(place.item)) this.camera.lookAt(middle(this.box(place.item)), this.camera.scale);
  }

  whole(): Box | null {
    return around([...this.items.values()].filter((item) => !item.inside && item.kind !== "connector").map((item) => this.box(item.id)));
  }

  /** Its box on the canvas itself. */
  box(id: string): Box {
    const item = this.items.get(id);
    const own = this.boxes.get(id);
    if (!item) return NONE;
    if (item.kind === "connector") return this.boxOfConnector(item);
    const holder = item.inside ? this.items.get(item.inside) : undefined;
    if (holder?.kind === "group") return this.boxInGroup(item, holder);
    if (!own) return NONE;
    const from = holder ? this.box(holder.id) : NONE;
    return { x: from.x + own.x, y: from.y + own.y, w: own.w, h: own.h };
  }

  private boxOfConnector(item: Item): Box {
    const [one = "", other = ""] = (item.path ?? "").split(">");
    return around([one, other].filter((id) => this.items.has(id)).map((id) => ({ ...middle(this.box(id)), w: 1, h: 1 }))) ?? NONE;
  }

  private boxInGroup(item: Item, group: Item): Box {
    const [node, holder] = [this.nodes.get(item.id), this.nodes.get(group.id)];
    const at = this.box(group.id);
    return node && holder ? { x: at.x + node.offsetLeft, y: at.y + node.offsetTop, w: node.offsetWidth, h: node.offsetHeight } : at;
  }

  /** The frame, and the group, that a point lies in. */
  holderAt(point: Point, but: ReadonlySet<string> = new Set()): { frame: string; group: string } {
    let [frame, group] = ["", ""];
    for (const item of this.items.values()) {
      if (but.has(item.id) || (item.kind !== "column" && item.kind !== "group")) continue;
      if (!holds(this.box(item.id), point)) continue;
      if (item.kind === "column") frame = item.id;
      else group = item.id;
    }
    return { frame, group };
  }

  /** Every frame, in the order they stand. */
  frames(): Item[] {
    return [...this.items.values()].filter((item) => item.kind === "column").sort((one, other) => (one.rank < other.rank ? -1 : 1));
  }

  private arrangeSoon(): void {
    if (this.isStale) return;
    this.isStale = true;
    requestAnimationFrame(() => this.arrange());
  }

  arrange(): void {
    this.isStale = false;
    const before = this.boxes;
    this.boxes = layOut([...this.items.values()].map(lying));
    for (const item of this.items.values()) {
      if (item.kind === "connector" || this.held.has(item.id)) continue;
      const [box, old] = [this.boxes.get(item.id), before.get(item.id)];
      const isInGroup = this.items.get(item.inside)?.kind === "group";
      const isSame = box && old && box.x === old.x && box.y === old.y && box.w === old.w && box.h === old.h;
      if (!isSame || item.kind === "shape" || item.kind === "ink") put(this.nodes.get(item.id)!, item, isInGroup ? undefined : box);
    }
    this.joinUp();
  }

  /** Connectors follow what they join. */
  joinUp(moved: ReadonlyMap<string, Box> = new Map()): void {
    const at = (id: string): Box | undefined => moved.get(id) ?? (this.items.has(id) ? this.box(id) : undefined);
    for (const item of this.items.values()) {
      if (item.kind !== "connector") continue;
      const [one = "", other = ""] = (item.path ?? "").split(">");
      if (moved.size && !moved.has(one) && !moved.has(other)) continue;
      connect(this.nodes.get(item.id)!, item, at(one), at(other));
    }
  }

  private seat(node: HTMLElement, item: Item): void {
    const lane = item.inside ? this.nodes.get(item.inside)?.querySelector<HTMLElement>(`[data-lane="${item.inside}"]`) : this.world;
    if (!lane) return;
    const isAfter = (each: Element): boolean => {
      const rank = (each as HTMLElement).dataset["rank"] ?? "";
      return rank === item.rank ? ((each as HTMLElement).dataset["item"] ?? "") > item.id : rank > item.rank;
    };
    const next = [...lane.children].find((each) => each !== node && each instanceof HTMLElement && each.dataset["item"] && isAfter(each)) ?? null;
    if (node.parentElement !== lane || (node.nextElementSibling ?? null) !== next) {
      const hasFocus = node.contains(document.activeElement) ? (document.activeElement as HTMLElement) : null;
      lane.insertBefore(node, next);
      hasFocus?.focus({ preventScroll: true });
    }
    const count = this.nodes.get(item.inside)?.querySelector("[data-count]");
    if (count) count.textContent = String(lane.querySelectorAll(":scope > .note").length);
  }

  // What one does

  act(step: Step): void {
    if (!step.again.length) return;
    this.undo.did(step);
    step.again.forEach((op) => this.host.do(op));
  }

  /** Takes it to where it was let go: into the frame or group under it. */
  moved(ids: Iterable<string>, dx: number, dy: number): Step {
    // A key that is held strokes oftener than the screen is drawn; each stroke goes on from the one before.
    if (this.isStale) this.arrange();
    const [again, back]: [Wanted[], Wanted[]] = [[], []];
    for (const id of ids) {
      const item = this.items.get(id);
      if (!item || item.kind === "connector") continue;
      const at = this.box(id);
      const [op, undo] = this.placed(item, { ...at, x: Math.round(at.x + dx), y: Math.round(at.y + dy) });
      again.push(op);
      back.push(undo);
    }
    return { again, back };
  }

  placed(item: Item, to: Box, home?: string): [Wanted, Wanted] {
    const under = this.holderAt(middle(to), new Set([item.id]));
    const isLoose = !["note", "group"].includes(item.kind);
    const inside = home ?? (item.kind === "column" ? "" : item.kind === "note" && under.group ? under.group : under.frame || (isLoose ? "" : this.frameOf(item)));
    const from = inside ? this.box(inside) : NONE;
    const isInGroup = this.items.get(inside)?.kind === "group";
    const place = isInGroup ? {} : { x: Math.round(to.x - from.x), y: Math.round(to.y - from.y), w: Math.round(to.w), h: Math.round(to.h) };
    const was = placeOf(item);
    if (inside === item.inside) return [{ kind: "place", item: item.id, ...NONE, ...place }, { kind: "place", item: item.id, ...was }];
    return [{ kind: "move", item: item.id, inside, ...place }, { kind: "move", item: item.id, inside: item.inside, before: this.after(item), ...was }];
  }

  private frameOf(item: Item): string {
    const holder = this.items.get(item.inside);
    return holder?.kind === "group" ? holder.inside : item.inside;
  }

  /** Who stands after it, so that it can go back to its place in the row. */
  after(item: Item): string {
    const row = [...this.items.values()].filter((each) => each.inside === item.inside && each.rank > item.rank).sort((one, other) => (one.rank < other.rank ? -1 : 1));
    return row[0]?.id ?? "";
  }

  add(what: Item["kind"], at: Point, more: Partial<Wanted> = {}): string {
    const item = newId();
    const wanted = { ...size({ id: item, kind: what, inside: "", rank: "", text: more.text ?? "", x: 0, y: 0, w: more.w ?? 0, h: more.h ?? 0 }) };
    const inside = what === "column" || what === "connector" || what === "ink" ? "" : this.holderAt(at).frame || (what === "note" || what === "group" ? this.nearestFrame(at) : "");
    const from = inside ? this.box(inside) : NONE;
    const place = what === "connector" ? {} : { x: Math.round(at.x - from.x), y: Math.round(at.y - from.y), w: Math.round(wanted.w), h: Math.round(wanted.h) };
    this.act({ again: [{ kind: "add", item, what, inside, ...place, ...more }], back: [{ kind: "delete", item }] });
    return item;
  }

  private nearestFrame(at: Point): string {
    const away = (id: string): number => Math.hypot(middle(this.box(id)).x - at.x, middle(this.box(id)).y - at.y);
    return this.frames().map((frame) => frame.id).sort((one, other) => away(one) - away(other))[0] ?? "";
  }

  edit(id: string, isNew = false): void {
    const [item, node] = [this.items.get(id), this.nodes.get(id)];
    if (!item || !node || item.kind === "ink" || item.kind === "connector" || item.kind === "file") return;
    this.held.add(id);
    write(node, item.text, this.words.words["write"] ?? "", (text) => {
      this.held.delete(id);
      const now = this.items.get(id) ?? item;
      if (text !== null && text !== now.text) {
        this.act({ again: [{ kind: "edit", item: id, text, base: now.base }], back: [{ kind: "edit", item: id, text: now.text, base: -1 }] });
      } else dress(node, now, this.words, "");
      if (isNew) this.bar.show();
      this.focus(id);
    });
  }

  /** A note is written before it is sent: empty ones are not. */
  compose(what: "note" | "text" | "column" | "group", at: Point, done: (id: string) => void = () => {}): void {
    const id = newId();
    const item: Item = { id, seq: 0, kind: what, text: "", inside: "", rank: "~", sector: this.host.sector, name: "", mine: true, proxy: false, hidden: false, base: 0, x: at.x, y: at.y, ...size({ id, kind: what === "text" ? "text" : "note", inside: "", rank: "", text: "", x: 0, y: 0, w: 0, h: 0 }) };
    const node = made(this.host.room, { ...item, kind: what === "text" ? "text" : "note" });
    if (!node) return;
    dress(node, { ...item, kind: what === "text" ? "text" : "note" }, this.words, "");
    node.setAttribute("data-new", "");
    this.world.append(node);
    put(node, { ...item, kind: "note" }, { x: at.x, y: at.y, w: item.w ?? 0, h: item.h ?? 0 });
    write(node, "", this.words.words["write"] ?? "", (text) => {
      node.remove();
      if (!text) return this.view.focus();
      const h = what === "note" || what === "text" ? noteHeight(text) - (what === "text" ? 36 : 0) : 320;
      const made = this.add(what, at, { text, w: what === "column" ? 480 : (item.w ?? 0), h });
      this.focus(made);
      done(made);
    });
  }

  choose(ids: Iterable<string>): void {
    const now = new Set(ids);
    for (const id of new Set([...this.chosen, ...now])) {
      const node = this.nodes.get(id);
      if (!node) continue;
      node.toggleAttribute("data-picked", now.has(id));
      const tick = node.querySelector<HTMLInputElement>(":scope > .piece-tick");
      if (tick && tick.checked !== now.has(id)) {
        tick.checked = now.has(id);
        tick.dispatchEvent(new Event("change", { bubbles: true }));
      }
    }
    this.chosen.clear();
    now.forEach((id) => this.chosen.add(id));
    this.bar.show();
  }

  /** What is chosen; but what has focus and is not among it, alone. */
  targets(): string[] {
    const focused = this.focused();
    return focused && !this.chosen.has(focused) ? [focused] : [...this.chosen];
  }

  focused(): string {
    return (document.activeElement?.closest<HTMLElement>("[data-world] [data-item]") ?? null)?.dataset["item"] ?? "";
  }

  focus(id: string): void {
    const node = this.nodes.get(id);
    (this.items.get(id)?.kind === "column" ? node?.querySelector<HTMLElement>(".frame-head") : node)?.focus({ preventScroll: true });
    if (node) this.camera.reveal(this.box(id));
  }

  delete(ids: Iterable<string>): void {
    const gone = [...ids].filter((id) => this.items.get(id)?.kind !== "column" || ![...this.items.values()].some((item) => item.inside === id));
    if (!gone.length) return;
    this.choose([]);
    this.act({ again: gone.map((item) => ({ kind: "delete", item })), back: gone.map((item) => ({ kind: "restore", item })) });
    this.host.say(this.words.words["deleted"] ?? "");
    this.view.focus({ preventScroll: true });
  }

  /** One step back or again, as operations; what others have moved since is left alone. */
  step(isBack: boolean): void {
    const ops = isBack ? this.undo.back() : this.undo.again();
    for (const op of ops) {
      const now = this.items.get(op.item);
      this.host.do(op.kind === "edit" ? { ...op, base: now?.base ?? 0 } : op);
    }
    if (ops.length) this.host.say(this.words.words[isBack ? "undone" : "again"] ?? "");
  }
}
