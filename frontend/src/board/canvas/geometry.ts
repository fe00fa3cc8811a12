// Boxes on the canvas: who is nearest, what lines up, where a connector meets an edge. Plain numbers, no page.

export interface Point {
  readonly x: number;
  readonly y: number;
}
export interface Box extends Point {
  readonly w: number;
  readonly h: number;
}
export type Direction = "left" | "right" | "up" | "down";
export type Alignment = "left" | "center" | "right" | "top" | "middle" | "bottom" | "across" | "down";
/** A line that shows what a dragged box lines up with. */
export interface Guide {
  readonly isVertical: boolean;
  readonly at: number;
}

export function middle(box: Box): Point {
  return { x: box.x + box.w / 2, y: box.y + box.h / 2 };
}

export function around(boxes: Iterable<Box>): Box | null {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const box of boxes) {
    left = Math.min(left, box.x);
    top = Math.min(top, box.y);
    right = Math.max(right, box.x + box.w);
    bottom = Math.max(bottom, box.y + box.h);
  }
  return right < left ? null : { x: left, y: top, w: right - left, h: bottom - top };
}

export function holds(box: Box, point: Point): boolean {
  return point.x >= box.x && point.x <= box.x + box.w && point.y >= box.y && point.y <= box.y + box.h;
}

export function meets(one: Box, other: Box): boolean {
  return one.x < other.x + other.w && other.x < one.x + one.w && one.y < other.y + other.h && other.y < one.y + one.h;
}

/** The one an arrow key leads to: near along the arrow, and not far to the side of it. */
export function neighbour(from: Box, others: ReadonlyMap<string, Box>, direction: Direction): string | null {
  const here = middle(from);
  let [best, least] = [null as string | null, Infinity];
  for (const [id, box] of others) {
    const there = middle(box);
    const [dx, dy] = [there.x - here.x, there.y - here.y];
    const along = direction === "left" ? -dx : direction === "right" ? dx : direction === "up" ? -dy : dy;
    const aside = Math.abs(direction === "left" || direction === "right" ? dy : dx);
    if (along <= 0) continue;
    const cost = along + 2 * aside;
    if (cost < least) [best, least] = [id, cost];
  }
  return best;
}

/** Where each goes when they are put in line, or at equal distances: `across` and `down` keep the outermost two. */
export function aligned(boxes: ReadonlyMap<string, Box>, how: Alignment): Map<string, Point> {
  const whole = around(boxes.values());
  const to = new Map<string, Point>();
  if (!whole) return to;
  if (how === "across" || how === "down") return spread(boxes, how);
  for (const [id, box] of boxes) {
    to.set(id, {
      x: how === "left" ? whole.x : how === "right" ? whole.x + whole.w - box.w : how === "center" ? Math.round(whole.x + (whole.w - box.w) / 2) : box.x,
      y: how === "top" ? whole.y : how === "bottom" ? whole.y + whole.h - box.h : how === "middle" ? Math.round(whole.y + (whole.h - box.h) / 2) : box.y,
    });
  }
  return to;
}

function spread(boxes: ReadonlyMap<string, Box>, how: "across" | "down"): Map<string, Point> {
  const isAcross = how === "across";
  const start = (box: Box): number => (isAcross ? box.x : box.y);
  const size = (box: Box): number => (isAcross ? box.w : box.h);
  const row = [...boxes].sort(([, one], [, other]) => start(one) - start(other));
  const [first, last] = [row[0]![1], row[row.length - 1]![1]];
  const room = start(last) + size(last) - start(first) - row.reduce((sum, [, box]) => sum + size(box), 0);
  const gap = row.length > 1 ? room / (row.length - 1) : 0;
  let at = start(first);
  return new Map(
    row.map(([id, box]) => {
      const here = Math.round(at);
      at += size(box) + gap;
      return [id, isAcross ? { x: here, y: box.y } : { x: box.x, y: here }];
    }),
  );
}

/** How far a dragged box jumps so that it lines up with another's edge or middle, and the lines that tell so. */
export function snapped(box: Box, others: Iterable<Box>, reach: number): { dx: number; dy: number; guides: Guide[] } {
  let [dx, dy, nearX, nearY] = [0, 0, reach, reach];
  let [atX, atY] = [null as number | null, null as number | null];
  const mine = { x: [box.x, box.x + box.w / 2, box.x + box.w], y: [box.y, box.y + box.h / 2, box.y + box.h] };
  for (const other of others) {
    for (let n = 0; n < 3; n++) {
      const lineX = other.x + (other.w * n) / 2;
      const lineY = other.y + (other.h * n) / 2;
      for (const own of mine.x) if (Math.abs(lineX - own) < nearX) [nearX, dx, atX] = [Math.abs(lineX - own), lineX - own, lineX];
      for (const own of mine.y) if (Math.abs(lineY - own) < nearY) [nearY, dy, atY] = [Math.abs(lineY - own), lineY - own, lineY];
    }
  }
  const guides = [...(atX === null ? [] : [{ isVertical: true, at: atX }]), ...(atY === null ? [] : [{ isVertical: false, at: atY }])];
  return { dx, dy, guides };
}

/** Where the line from the middle of one box to a point leaves the box. */
export function edge(box: Box, towards: Point): Point {
  const from = middle(box);
  const [dx, dy] = [towards.x - from.x, towards.y - from.y];
  if (!dx && !dy) return from;
  const scale = Math.min(dx ? box.w / 2 / Math.abs(dx) : Infinity, dy ? box.h / 2 / Math.abs(dy) : Infinity);
  return scale >= 1 ? from : { x: from.x + dx * scale, y: from.y + dy * scale };
}

/** A connector between two boxes, from edge to edge. */
export function joined(one: Box, other: Box): { from: Point; to: Point } {
  return { from: edge(one, middle(other)), to: edge(other, middle(one)) };
}

const ARROW = 12;

/** The two wings of an arrow, and its tip between them. */
export function arrowHead(start: Point, tip: Point): [Point, Point, Point] {
  const turn = Math.atan2(tip.y - start.y, tip.x - start.x);
  const wing = (side: number): Point => ({ x: tip.x - ARROW * Math.cos(turn + side), y: tip.y - ARROW * Math.sin(turn + side) });
  return [wing(0.45), tip, wing(-0.45)];
}
