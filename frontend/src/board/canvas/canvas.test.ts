import assert from "node:assert/strict";
import { test } from "node:test";
import { aligned, edge, joined, neighbour, snapped } from "./geometry.ts";
import type { Alignment, Box } from "./geometry.ts";
import { layOut } from "./layout.ts";
import type { Lying } from "./layout.ts";
import { Undo } from "./undo.ts";
import { thinned } from "./thinning.ts";

function note(id: string, inside: string, more: Partial<Lying> = {}): Lying {
  return { id, kind: "note", inside, rank: id, text: "Ti kvelder", x: 0, y: 0, w: 0, h: 0, ...more };
}
const frame = (id: string): Lying => note(id, "", { kind: "column" });
const box = (x: number, y: number, w = 10, h = 10): Box => ({ x, y, w, h });

test("what has been given no place gets one, and nothing lies on anything else", () => {
  const items = [frame("a"), frame("b"), ...Array.from({ length: 60 }, (_, n) => note(`n${String(n).padStart(2, "0")}`, n % 3 ? "a" : "b", { text: "x".repeat((n * 37) % 300) }))];
  const boxes = layOut(items);
  assert.equal(boxes.size, items.length);
  const inA = items.filter((item) => item.inside === "a").map((item) => boxes.get(item.id)!);
  for (const [n, one] of inA.entries()) {
    for (const other of inA.slice(n + 1)) assert.ok(one.x + one.w <= other.x || other.x + other.w <= one.x || one.y + one.h <= other.y || other.y + other.h <= one.y);
    assert.ok(one.x + one.w <= boxes.get("a")!.w && one.y + one.h <= boxes.get("a")!.h);
  }
  assert.ok(boxes.get("a")!.w < boxes.get("b")!.x);
});

test("one that is moved leaves the others where they lie", () => {
  const items = [frame("a"), note("1", "a"), note("2", "a"), note("3", "a")];
  const before = layOut(items);
  const after = layOut(items.map((item) => (item.id === "2" ? { ...item, x: 900, y: 40, w: 208, h: 90 } : item)));
  assert.deepEqual([after.get("1"), after.get("3")], [before.get("1"), before.get("3")]);
  assert.deepEqual(after.get("2"), { x: 900, y: 40, w: 208, h: 90 });
  // The frame grows to hold it.
  assert.ok(after.get("a")!.w >= 1108);
});

test("an arrow leads to the nearest that way, not to one far aside", () => {
  const others = new Map([["right", box(100, 0)], ["near but below", box(40, 300)], ["left", box(-50, 0)]]);
  assert.deepEqual((["right", "left", "up", "down"] as const).map((way) => neighbour(box(0, 0), others, way)), ["right", "left", null, "near but below"]);
});

test("in line by an edge or a middle, and at the same distance with the outermost standing still", () => {
  const boxes = new Map([["a", box(0, 0)], ["b", box(30, 7, 20, 20)], ["c", box(100, 50)]]);
  const at = (how: Alignment): number[][] => [...aligned(boxes, how)].sort().map(([, to]) => [to.x, to.y]);
  assert.deepEqual(at("left"), [[0, 0], [0, 7], [0, 50]]);
  assert.deepEqual(at("bottom"), [[0, 50], [30, 40], [100, 50]]);
  assert.deepEqual(at("center"), [[50, 0], [45, 7], [50, 50]]);
  assert.deepEqual(at("across"), [[0, 0], [45, 7], [100, 50]]);
});

test("a dragged box jumps to an edge that is near, and to none that is far", () => {
  assert.deepEqual(snapped(box(103, 40), [box(100, 200, 200)], 6), { dx: -3, dy: 0, guides: [{ isVertical: true, at: 100 }] });
  assert.deepEqual(snapped(box(117, 40), [box(100, 200)], 6).guides, []);
});

test("a connector goes from edge to edge, and follows", () => {
  assert.deepEqual(joined(box(0, 0), box(100, 0)), { from: { x: 10, y: 5 }, to: { x: 100, y: 5 } });
  assert.deepEqual(edge(box(0, 0, 10, 20), { x: 5, y: 500 }), { x: 5, y: 20 });
});

test("a stroke keeps its corners and loses what lies on a straight line", () => {
  const row = [...Array.from({ length: 50 }, (_, n) => ({ x: n, y: 0 })), ...Array.from({ length: 50 }, (_, n) => ({ x: 49, y: n + 1 }))];
  assert.deepEqual(thinned(row, 0.5), [{ x: 0, y: 0 }, { x: 49, y: 0 }, { x: 49, y: 50 }]);
});

test("each takes back their own steps, one at a time, and does them again until they do something new", () => {
  const undo = new Undo();
  const step = (item: string) => ({ again: [{ kind: "delete" as const, item }], back: [{ kind: "restore" as const, item }] });
  undo.did(step("a"));
  undo.did(step("b"));
  assert.deepEqual([undo.back()[0]?.item, undo.back()[0]?.item, undo.back()], ["b", "a", []]);
  assert.equal(undo.again()[0]?.item, "a");
  undo.did(step("c"));
  assert.deepEqual([undo.again(), undo.canGoAgain], [[], false]);
  undo.forget("c");
  assert.equal(undo.back()[0]?.item, "a");
});
