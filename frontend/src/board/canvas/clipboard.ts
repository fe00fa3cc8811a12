// Copy and paste, also to another board: as words that can be pasted anywhere, and as the items themselves.
import { newId } from "../items.ts";
import type { Item, Wanted } from "../items.ts";
import type { Canvas } from "./canvas.ts";
import { around } from "./geometry.ts";
import { noteHeight, NOTE_WIDTH } from "./layout.ts";

const TYPE = "application/x-kompetanseforum+json";
const MOST = 100;

interface Copied {
  readonly id: string;
  readonly kind: Item["kind"];
  readonly text: string;
  readonly look: string;
  readonly path: string;
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

export function attachClipboard(canvas: Canvas): void {
  const isHere = (): boolean => canvas.root.contains(document.activeElement) && !(document.activeElement instanceof HTMLInputElement);
  document.addEventListener("copy", (event) => {
    if (isHere() && put(canvas, event.clipboardData)) event.preventDefault();
  });
  document.addEventListener("cut", (event) => {
    if (!isHere() || !put(canvas, event.clipboardData)) return;
    event.preventDefault();
    canvas.delete(canvas.targets());
  });
  document.addEventListener("paste", (event) => {
    if (!isHere() || !canvas.host.may("add")) return;
    event.preventDefault();
    const json = event.clipboardData?.getData(TYPE) ?? "";
    paste(canvas, json ? parsed(json) : lines(event.clipboardData?.getData("text/plain") ?? ""));
  });
}

function put(canvas: Canvas, clipboard: DataTransfer | null): boolean {
  const copied = chosen(canvas);
  if (!copied.length || !clipboard) return false;
  clipboard.setData("text/plain", copied.map((each) => each.text).filter(Boolean).join("\n"));
  clipboard.setData(TYPE, JSON.stringify(copied));
  canvas.host.say(canvas.words.words["copied"] ?? "");
  return true;
}

/** The button's way: the browser asks its own copying, which tells us what to put there. */
export function copy(canvas: Canvas): void {
  const focused = canvas.targets()[0];
  if (focused) canvas.nodes.get(focused)?.focus({ preventScroll: true });
  document.execCommand("copy");
}

function chosen(canvas: Canvas): Copied[] {
  const ids = new Set(canvas.targets());
  return [...ids].flatMap((id) => {
    const item = canvas.items.get(id);
    if (!item || item.kind === "column" || item.kind === "file" || item.kind === "group") return [];
    if (item.kind === "connector" && !(item.path ?? "").split(">").every((end) => ids.has(end))) return [];
    return [{ id, kind: item.kind, text: item.text, look: item.look ?? "", path: item.path ?? "", ...canvas.box(id) }];
  });
}

/** What somebody else's page has put there is read as carefully as what comes over the net. */
function parsed(json: string): Copied[] {
  try {
    const sent = JSON.parse(json) as unknown;
    return Array.isArray(sent) ? (sent as Copied[]).filter((each) => each && typeof each.text === "string" && Number.isFinite(each.x + each.y + each.w + each.h)).slice(0, MOST) : [];
  } catch {
    return [];
  }
}

/** A line is a note. */
function lines(text: string): Copied[] {
  const rows = text.split(/\r?\n/).map((line) => line.trim().slice(0, 500)).filter(Boolean).slice(0, MOST);
  let y = 0;
  return rows.map((line, n) => {
    const h = noteHeight(line);
    const copied: Copied = { id: String(n), kind: "note", text: line, look: "", path: "", x: 0, y, w: NOTE_WIDTH, h };
    y += h + 16;
    return copied;
  });
}

function paste(canvas: Canvas, copied: readonly Copied[]): void {
  const whole = around(copied.filter((each) => each.kind !== "connector"));
  if (!whole) return;
  const at = canvas.camera.middle;
  const [dx, dy] = [at.x - whole.x - whole.w / 2, at.y - whole.y - whole.h / 2];
  const ids = new Map(copied.map((each) => [each.id, newId()]));
  const again: Wanted[] = copied.map((each) => {
    const item = ids.get(each.id)!;
    if (each.kind === "connector") {
      return { kind: "add", item, what: each.kind, inside: "", look: each.look, path: each.path.split(">").map((end) => ids.get(end) ?? "").join(">") };
    }
    const box = { x: each.x + dx, y: each.y + dy, w: each.w, h: each.h };
    const [place] = canvas.placed({ ...blank(item, each), inside: each.kind === "note" ? (canvas.frames()[0]?.id ?? "") : "" }, box);
    return { ...place, kind: "add", item, what: each.kind, inside: place.inside ?? (each.kind === "note" ? (canvas.frames()[0]?.id ?? "") : ""), text: each.text, ...(each.look ? { look: each.look } : {}), ...(each.path ? { path: each.path } : {}) };
  });
  canvas.act({ again, back: [...ids.values()].map((item) => ({ kind: "delete", item })) });
  canvas.choose(ids.values());
}

function blank(id: string, from: Copied): Item {
  return { id, seq: 0, kind: from.kind, text: from.text, inside: "", rank: "~", sector: "", name: "", mine: true, proxy: false, hidden: false, base: 0 };
}
