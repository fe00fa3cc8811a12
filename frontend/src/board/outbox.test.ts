import assert from "node:assert/strict";
import { test } from "node:test";
import type { Operation } from "./items.ts";
import { Outbox, twinOf } from "./outbox.ts";
import type { Kept, Shelf } from "./outbox.ts";

function shelf(): Shelf & { readonly rows: Map<string, Kept> } {
  const rows = new Map<string, Kept>();
  return {
    rows,
    all: async () => [...rows.values()],
    put: async (kept) => void rows.set(kept.op.id, kept),
    remove: async (id) => void rows.delete(id),
  };
}
const op = (id: string): Operation => ({ id, kind: "add", item: `item-${id}`, text: id });

test("fifty written without net are fifty after the device was off, in their order", async () => {
  const kept = shelf();
  const before = new Outbox(kept, "board", "guest:a");
  for (let n = 0; n < 50; n++) before.add(op(`op-${n}`), 1000 - n);
  const after = new Outbox(kept, "board", "guest:a");
  assert.deepEqual((await after.open()).map((each) => each.id), Array.from({ length: 50 }, (_, n) => `op-${49 - n}`));
});

test("what is answered waits no more, whatever the answer; the rest does", async () => {
  const kept = shelf();
  const counts: number[] = [];
  const outbox = new Outbox(kept, "board", "guest:a", (count) => counts.push(count));
  outbox.add(op("one"), 1);
  outbox.add(op("two"), 2);
  assert.equal(outbox.answered("one")?.text, "one");
  assert.equal(outbox.answered("one"), undefined);
  assert.deepEqual([counts, outbox.operations().map((each) => each.id)], [[1, 2, 1], ["two"]]);
  await Promise.resolve();
  assert.deepEqual([...kept.rows.keys()], ["two"]);
});

test("only what the device has kept is counted as kept, and it is told when it is", async () => {
  const done: (() => void)[] = [];
  const slow: Shelf = { all: async () => [], put: () => new Promise((resolve) => done.push(resolve)), remove: async () => {} };
  const counts: number[] = [];
  const outbox: Outbox = new Outbox(slow, "board", "guest:a", () => counts.push(outbox.kept));
  for (const id of ["one", "two", "three"]) outbox.add(op(id), 1);
  assert.deepEqual([outbox.size, outbox.kept, counts], [3, 0, [0, 0, 0]]);
  outbox.answered("three");
  for (const each of done) {
    each();
    await Promise.resolve();
  }
  assert.deepEqual([outbox.size, outbox.kept, counts], [2, 2, [0, 0, 0, 0, 1, 2]]);
});

test("another board's, and another guest's on the same device, are left alone", async () => {
  const kept = shelf();
  new Outbox(kept, "board", "guest:a").add(op("mine"), 1);
  new Outbox(kept, "other", "guest:a").add(op("elsewhere"), 2);
  new Outbox(kept, "board", "guest:b").add(op("theirs"), 3);
  const outbox = new Outbox(kept, "board", "guest:a");
  assert.deepEqual((await outbox.open()).map((each) => each.id), ["mine"]);
});

test("a device that can keep nothing still sends", () => {
  const none: Shelf = { all: async () => [], put: async () => { throw new Error("full"); }, remove: async () => { throw new Error("full"); } };
  const outbox = new Outbox(none, "board", "guest:a");
  outbox.add(op("one"), 1);
  assert.deepEqual(outbox.operations().map((each) => each.id), ["one"]);
  assert.equal(outbox.answered("one")?.id, "one");
});

test("words that came too late become a note of their own, beside the one they were meant for", () => {
  let number = 0;
  const newId = (): string => `id${(number += 1)}`;
  const late = { id: "op", kind: "edit", item: "lapp", text: "Fra telefonen", base: 3 } as const;
  assert.deepEqual(twinOf(late, "kolonne", newId), {
    id: "id1id2",
    kind: "add",
    item: "id3",
    what: "note",
    text: "Fra telefonen",
    inside: "kolonne",
  });
  assert.equal(twinOf({ ...late, kind: "move" }, "kolonne", newId), undefined);
});
