// The buttons: tools above, what can be done with what is chosen below, and the dialog that moves without dragging.
import type { Wanted } from "../items.ts";
import type { Canvas } from "./canvas.ts";
import { copy } from "./clipboard.ts";
import { aligned, around } from "./geometry.ts";
import type { Alignment, Box, Direction } from "./geometry.ts";
import type { Tool } from "./hand.ts";
import { STEPS } from "./keys.ts";

const PAN = 160;
const NUDGE = 16;

export class Bar {
  private readonly canvas: Canvas;
  private readonly bar: HTMLElement | null;
  private readonly dialog: HTMLDialogElement | null;

  constructor(canvas: Canvas) {
    this.canvas = canvas;
    this.bar = canvas.root.querySelector<HTMLElement>("[data-bar]");
    this.dialog = canvas.root.querySelector<HTMLDialogElement>("[data-move-dialog]");
    canvas.root.addEventListener("click", (event) => this.pressed(event));
    canvas.root.addEventListener("change", (event) => this.changed(event));
    this.dialog?.addEventListener("close", () => this.moved());
    this.dialog?.addEventListener("change", () => this.tellBeside());
  }

  private pressed(event: MouseEvent): void {
    const button = (event.target as Element).closest<HTMLElement>("button[data-tool], button[data-do], [data-nudge], [data-grow]");
    if (!button) return;
    const { tool, nudge, grow } = button.dataset;
    // Pressed by the keyboard, a tool does its work at once, in the middle of what is seen.
    if (tool) return event.detail === 0 ? this.atOnce(tool as Tool) : this.canvas.hand.take(this.canvas.hand.tool === tool ? "select" : (tool as Tool));
    if (nudge) return this.act((box) => ({ ...box, x: box.x + STEPS[nudge as Direction][0] * NUDGE, y: box.y + STEPS[nudge as Direction][1] * NUDGE }));
    if (grow) return this.act((box) => ({ ...box, w: Math.max(48, box.w + Number(grow) * 32), h: Math.max(32, box.h + Number(grow) * 16) }));
    this.do(button.dataset["do"] ?? "");
  }

  private do(what: string): void {
    const { canvas } = this;
    const ids = canvas.targets();
    if (what === "undo" || what === "redo") canvas.step(what === "undo");
    else if (what === "in" || what === "out") canvas.camera.zoom(what === "in" ? 1.25 : 0.8);
    else if (what === "fit") canvas.camera.fit(canvas.whole());
    else if (what === "gather") canvas.gather();
    else if (what === "follow" || what === "lead") canvas.following.toggle();
    else if (what.startsWith("pan-")) canvas.camera.pan(-STEPS[what.slice(4) as Direction][0] * PAN, -STEPS[what.slice(4) as Direction][1] * PAN);
    else if (what === "edit" && ids[0]) canvas.edit(ids[0]);
    else if (what === "move") this.openMove();
    else if (what === "join" && ids.length === 2) canvas.hand.joined(ids[0]!, ids[1]!);
    else if (what === "group") this.group(ids);
    else if (what === "copy") copy(canvas);
    else if (what === "delete") canvas.delete(ids);
    else if (what === "none") {
      canvas.choose([]);
      canvas.view.focus({ preventScroll: true });
    }
  }

  private atOnce(tool: Tool): void {
    const { canvas } = this;
    const at = { x: Math.round(canvas.camera.middle.x - 104), y: Math.round(canvas.camera.middle.y - 60) };
    if (tool === "note" || tool === "text" || tool === "column") canvas.compose(tool, at);
    else if (tool === "shape") {
      const id = canvas.add("shape", at, { w: 208, h: 120 });
      canvas.choose([id]);
      canvas.focus(id);
    } else if (tool === "connector" && canvas.chosen.size === 2) this.do("join");
    else canvas.hand.take(tool);
  }

  showTool(tool: Tool): void {
    for (const button of this.canvas.root.querySelectorAll<HTMLElement>("button[data-tool]")) button.setAttribute("aria-pressed", String(button.dataset["tool"] === tool));
    const words = this.canvas.words.words;
    const hint = this.canvas.root.querySelector<HTMLElement>("[data-hint]");
    if (!hint) return;
    hint.dataset["first"] ??= hint.textContent ?? "";
    hint.textContent = (tool === "select" ? hint.dataset["first"] : tool === "ink" ? words["draw"] : tool === "connector" ? words["join"] : words["place"]) ?? "";
  }

  tellUndo(): void {
    for (const [name, can] of [["undo", this.canvas.undo.canGoBack], ["redo", this.canvas.undo.canGoAgain]] as const) {
      const button = this.canvas.root.querySelector<HTMLButtonElement>(`button[data-do="${name}"]`);
      if (button) button.disabled = !can;
    }
  }

  show(): void {
    const { bar, canvas } = this;
    if (!bar) return;
    const ids = [...canvas.chosen];
    const kinds = ids.map((id) => canvas.items.get(id)?.kind);
    bar.hidden = !ids.length;
    const [one = "", many = ""] = (canvas.words.words["chosen"] ?? "|").split("|");
    const place = bar.querySelector("[data-picked-here]");
    if (place) place.textContent = ids.length === 1 ? one : many.replace("{n}", String(ids.length));
    const shown: Record<string, boolean> = {
      one: ids.length === 1 && !["ink", "connector", "file"].includes(kinds[0] ?? ""),
      two: ids.length === 2 && !kinds.includes("connector"),
      many: ids.length > 1,
      notes: ids.length > 1 && kinds.every((kind) => kind === "note"),
      shape: kinds.length > 0 && kinds.every((kind) => kind === "shape"),
      connector: kinds.length > 0 && kinds.every((kind) => kind === "connector"),
      movable: kinds.some((kind) => kind !== "connector"),
      more: ids.length === 1 && kinds[0] !== "column" && kinds[0] !== "group",
    };
    for (const part of bar.querySelectorAll<HTMLElement>("[data-for]")) part.hidden = !shown[part.dataset["for"] ?? ""];
    const more = bar.querySelector<HTMLAnchorElement>('a[data-for="more"]');
    if (more && ids[0]) more.href = more.href.replace(/\/[0-9a-z]{10}$/, `/${ids[0]}`);
    for (const select of bar.querySelectorAll<HTMLSelectElement>('select[data-do="look"]')) select.value = canvas.items.get(ids[0] ?? "")?.look ?? "";
    this.handle(ids.length === 1 ? (ids[0] ?? "") : "");
  }

  /** A corner to pull, on the one that is chosen. Larger and smaller stand in the dialog too. */
  private handle(id: string): void {
    this.canvas.world.querySelector("[data-handle]")?.remove();
    const kind = this.canvas.items.get(id)?.kind ?? "connector";
    if (["connector", "group", "ink"].includes(kind) || this.canvas.items.get(this.canvas.items.get(id)?.inside ?? "")?.kind === "group") return;
    const corner = document.createElement("span");
    corner.className = "piece-handle";
    corner.dataset["handle"] = "";
    this.canvas.nodes.get(id)?.append(corner);
  }

  private changed(event: Event): void {
    const select = event.target as HTMLSelectElement;
    const { canvas } = this;
    if (select.dataset["do"] === "look") {
      const ids = [...canvas.chosen];
      canvas.act({ again: ids.map((item) => ({ kind: "look", item, look: select.value })), back: ids.map((item) => ({ kind: "look", item, look: canvas.items.get(item)?.look ?? "" })) });
    }
    if (select.dataset["do"] === "align" && select.value) {
      const boxes = new Map([...canvas.chosen].filter((id) => canvas.items.get(id)?.kind !== "connector").map((id) => [id, canvas.box(id)]));
      const to = aligned(boxes, select.value as Alignment);
      select.value = "";
      this.act((box, id) => ({ ...box, ...to.get(id) }));
    }
  }

  private act(to: (box: Box, id: string) => Box): void {
    const { canvas } = this;
    const [again, back]: [Wanted[], Wanted[]] = [[], []];
    for (const id of canvas.targets()) {
      const item = canvas.items.get(id);
      if (!item || item.kind === "connector") continue;
      const [op, undo] = canvas.placed(item, to(canvas.box(id), id), item.inside);
      again.push(op);
      back.push(undo);
    }
    canvas.act({ again, back });
  }

  private group(ids: readonly string[]): void {
    const { canvas } = this;
    const whole = around(ids.map((id) => canvas.box(id)));
    if (!whole) return;
    canvas.compose("group", { x: whole.x, y: whole.y }, (group) => {
      const steps = ids.map((id) => canvas.items.get(id)!).map((item): [Wanted, Wanted] => [{ kind: "move", item: item.id, inside: group }, { kind: "move", item: item.id, inside: item.inside }]);
      canvas.act({ again: steps.map(([op]) => op), back: steps.map(([, op]) => op) });
      canvas.choose([group]);
    });
  }

  // The dialog

  openMove(): void {
    const { canvas, dialog } = this;
    const id = canvas.targets()[0];
    if (!dialog || !id) return;
    if (!canvas.chosen.size) canvas.choose([id]);
    const item = canvas.items.get(id);
    const homes = canvas.frames().map((frame) => [frame.id, frame.text] as const);
    fill(dialog.querySelector("select[name=inside]"), item && ["note", "group"].includes(item.kind) ? homes : [["", canvas.words.words["outside"] ?? ""], ...homes], item?.inside ?? "");
    const others = [...canvas.items.values()].filter((each) => !canvas.chosen.has(each.id) && !["column", "connector", "ink"].includes(each.kind));
    fill(dialog.querySelector("select[name=beside]"), others.map((each) => [each.id, each.text || (canvas.words.looks[each.look ?? ""] ?? canvas.words.kinds[each.kind] ?? "")]), "");
    const side = dialog.querySelector<HTMLSelectElement>("select[name=side]");
    if (side) side.value = "";
    this.tellBeside();
    dialog.returnValue = "";
    dialog.showModal();
  }

  private tellBeside(): void {
    const beside = this.dialog?.querySelector<HTMLElement>("[data-beside]");
    if (beside) beside.hidden = !this.dialog?.querySelector<HTMLSelectElement>("select[name=side]")?.value;
  }

  private moved(): void {
    const { canvas, dialog } = this;
    const ids = canvas.targets();
    if (ids[0]) canvas.focus(ids[0]);
    if (dialog?.returnValue !== "move") return;
    const value = (name: string): string => dialog.querySelector<HTMLSelectElement>(`select[name=${name}]`)?.value ?? "";
    const [frame, side, beside] = [value("inside"), value("side") as Direction | "", value("beside")];
    const step = side && beside ? this.beside(ids, side, beside) : this.into(ids, frame);
    canvas.act(step);
    const home = canvas.items.get(frame)?.text ?? canvas.words.words["outside"] ?? "";
    canvas.host.say((canvas.words.words["moved"] ?? "").replace("{frame}", home));
    if (ids[0]) canvas.focus(ids[0]);
  }

  private into(ids: readonly string[], frame: string): { again: Wanted[]; back: Wanted[] } {
    const { canvas } = this;
    const going = ids.map((id) => canvas.items.get(id)!).filter((item) => item && item.inside !== frame && item.kind !== "column" && item.kind !== "connector");
    return {
      again: going.map((item) => ({ kind: "move", item: item.id, inside: frame, ...(frame ? {} : canvas.box(item.id)) })),
      back: going.map((item) => ({ kind: "move", item: item.id, inside: item.inside, before: canvas.after(item), x: item.x ?? 0, y: item.y ?? 0, w: item.w ?? 0, h: item.h ?? 0 })),
    };
  }

  private beside(ids: readonly string[], side: Direction, beside: string): { again: Wanted[]; back: Wanted[] } {
    const { canvas } = this;
    const [again, back]: [Wanted[], Wanted[]] = [[], []];
    let at = canvas.box(beside);
    for (const id of ids) {
      const [item, own] = [canvas.items.get(id), canvas.box(id)];
      if (!item || item.kind === "connector") continue;
      const [dx, dy] = STEPS[side];
      const to = { ...own, x: dx > 0 ? at.x + at.w + 16 : dx < 0 ? at.x - own.w - 16 : at.x, y: dy > 0 ? at.y + at.h + 16 : dy < 0 ? at.y - own.h - 16 : at.y };
      const [op, undo] = canvas.placed(item, to);
      again.push(op);
      back.push(undo);
      at = to;
    }
    return { again, back };
  }
}

function fill(select: HTMLSelectElement | null, options: readonly (readonly [string, string])[], chosen: string): void {
  if (!select) return;
  select.replaceChildren(...options.map(([value, text]) => new Option(text.length > 60 ? `${text.slice(0, 59)}…` : text, value, false, value === chosen)));
}
