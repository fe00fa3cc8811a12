import assert from "node:assert/strict";
import { test } from "node:test";
import { isBefore, landsBefore, newer, newId } from "./items.ts";
import type { Item } from "./items.ts";

function item(id: string, seq: number, more: Partial<Item> = {}): Item {
  return { id, seq, kind: "note", text: "", inside: "", rank: "", sector: "", name: "", mine: false, proxy: false, hidden: false, base: 0, ...more };
}

test("what is older than what is known changes nothing", () => {
  const known = new Map([["a", 5], ["b", 5]]);
  assert.deepEqual(newer(known, [item("a", 4), item("b", 5), item("c", 1)]).map((each) => each.id), ["c"]);
});

test("a group comes before the notes that lie in it, however they were sent", () => {
  const sent = [item("note", 3), item("comment", 4, { kind: "comment" }), item("group", 2, { kind: "group" }), item("column", 1, { kind: "column" })];
  assert.deepEqual(newer(new Map(), sent).map((each) => each.id), ["column", "group", "note", "comment"]);
});

test("two at the same place stand in the order of their ids, on every device", () => {
  assert.equal(isBefore({ rank: "a", id: "1" }, { rank: "a", id: "2" }), true);
  assert.equal(isBefore({ rank: "b", id: "1" }, { rank: "a", id: "2" }), false);
  // What waits has no place yet, and stands last.
  assert.equal(isBefore({ rank: "~", id: "0" }, { rank: "ffffffff", id: "2" }), false);
});

test("what is dropped lands before the first whose middle is below", () => {
  const boxes = [{ id: "a", top: 0, height: 100 }, { id: "b", top: 100, height: 100 }];
  assert.deepEqual([10, 60, 149, 151].map((y) => landsBefore(boxes, y)), ["a", "b", "b", ""]);
});

test("an id is ten of the forum's letters", () => {
  assert.match(newId(), /^[0-9abcdefghjkmnpqrstvwxyz]{10}$/);
  assert.equal(newId(() => new Uint8Array([0, 31, 32, 63, 255, 1, 2, 3, 4, 5])), "0z0zz12345");
});
