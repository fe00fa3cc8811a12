// A place for everything that has been given none: frames side by side, and in each frame its notes in even columns.
// Files that are made without a browser lie the same (`kompetanse/board/layout.py`); both are held to one set of boards.
import { around } from "./geometry.ts";
import type { Box } from "./geometry.ts";

export interface Lying {
  readonly id: string;
  readonly kind: string;
  readonly inside: string;
  readonly rank: string;
  readonly text: string;
  readonly x: number;
  readonly y: number;
  /** None: it has been given no place. */
  readonly w: number;
  readonly h: number;
}

export const NOTE_WIDTH = 208;
export const GAP = 16;
/** The frame's heading stands above what lies in it. */
export const HEAD = 64;
const GROUP_WIDTH = NOTE_WIDTH + 26;
const FRAME_GAP = 40;
const LEAST_FRAME_HEIGHT = 320;
const COLUMN_HEIGHT = 640;
const LETTERS_A_LINE = 20;

/** How high a note will be, near enough that the next one does not lie on it. */
export function noteHeight(text: string): number {
  // By characters, of which one outside the first plane is two of the language's own units.
  const lines = text.split("\n").reduce((sum, line) => sum + Math.max(1, Math.ceil([...line].length / LETTERS_A_LINE)), 0);
  return 62 + lines * 22;
}

export function size(item: Lying, within: readonly Lying[] = []): { w: number; h: number } {
  if (item.w) return { w: item.w, h: item.h };
  if (item.kind === "group") return { w: GROUP_WIDTH, h: 56 + within.reduce((sum, note) => sum + noteHeight(note.text) + 8, 0) };
  if (item.kind === "note") return { w: NOTE_WIDTH, h: noteHeight(item.text) };
  if (item.kind === "text") return { w: NOTE_WIDTH, h: noteHeight(item.text) - 36 };
  return { w: NOTE_WIDTH, h: item.kind === "file" ? 176 : 120 };
}

/** Id → its box, counted from the corner of what it lies in. Notes in a group lie where the group lays them. */
export function layOut(items: readonly Lying[]): Map<string, Box> {
  const inside = new Map<string, Lying[]>();
  for (const item of items) inside.set(item.inside, [...(inside.get(item.inside) ?? []), item]);
  for (const row of inside.values()) row.sort((one, other) => (one.rank === other.rank ? (one.id < other.id ? -1 : 1) : one.rank < other.rank ? -1 : 1));
  const boxes = new Map<string, Box>();
  let x = 0;
  for (const item of inside.get("") ?? []) {
    if (item.kind !== "column") {
      if (item.kind !== "connector") boxes.set(item.id, { x: item.x, y: item.y, ...size(item) });
      continue;
    }
    const frame = fill(inside.get(item.id) ?? [], inside, boxes);
    boxes.set(item.id, item.w ? { x: item.x, y: item.y, w: Math.max(item.w, frame.w), h: Math.max(item.h, frame.h) } : { x, y: 0, ...frame });
    // Also for one that was moved away: the others stay where they are.
    x += frame.w + FRAME_GAP;
  }
  return boxes;
}

/** The frame's contents, and how large it must be to hold them. */
function fill(row: readonly Lying[], inside: ReadonlyMap<string, Lying[]>, boxes: Map<string, Box>): { w: number; h: number } {
  const sizes = row.map((item) => size({ ...item, w: 0 }, inside.get(item.id)));
  const width = Math.max(GROUP_WIDTH, ...sizes.map((each) => each.w));
  const columns = Math.max(1, Math.ceil(Math.sqrt(sizes.reduce((sum, each) => sum + each.h + GAP, 0) / COLUMN_HEIGHT)));
  const ends = new Array<number>(columns).fill(HEAD);
  row.forEach((item, number) => {
    const at = ends.indexOf(Math.min(...ends));
    const auto = { x: GAP + at * (width + GAP), y: ends[at]!, ...sizes[number]!, w: width };
    // A note that was moved keeps its old gap, so that the others lie still.
    ends[at] = auto.y + auto.h + GAP;
    boxes.set(item.id, item.w ? { x: item.x, y: item.y, ...(item.kind === "group" ? size({ ...item, w: 0 }, inside.get(item.id)) : { w: item.w, h: item.h }) } : auto);
  });
  const reach = around(row.map((item) => boxes.get(item.id)!));
  return {
    w: Math.max(columns * (width + GAP) + GAP, reach ? reach.x + reach.w + GAP : 0),
    h: Math.max(LEAST_FRAME_HEIGHT, reach ? reach.y + reach.h + GAP : 0),
  };
}

/** The same counted from the corner of the whole canvas, as files are drawn; without what a group lays in its row. */
export function placed(items: readonly Lying[]): Map<string, Box> {
  const boxes = layOut(items);
  const homes = new Map(items.map((item) => [item.id, boxes.get(item.inside)]));
  return new Map([...boxes].map(([id, box]) => [id, { ...box, x: box.x + (homes.get(id)?.x ?? 0), y: box.y + (homes.get(id)?.y ?? 0) }]));
}
