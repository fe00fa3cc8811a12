import assert from "node:assert/strict";
import { test } from "node:test";
import { Hands } from "./hands.ts";
import type { Carry } from "./hands.ts";

/** A view that tells what it was asked, and a clock that is turned by hand. */
function stage() {
  const told: string[] = [];
  const waiting: { what: () => void; at: number }[] = [];
  let now = 0;
  const later = (what: () => void, milliseconds: number): (() => void) => {
    const entry = { what, at: now + milliseconds };
    waiting.push(entry);
    return () => void (waiting.includes(entry) && waiting.splice(waiting.indexOf(entry), 1));
  };
  const pass = (milliseconds: number): void => {
    now += milliseconds;
    for (const entry of waiting.filter((each) => each.at <= now)) {
      waiting.splice(waiting.indexOf(entry), 1);
      entry.what();
    }
  };
  const hands = new Hands({ lift: (id, carry) => void told.push(`lift ${id} ${carry.x}`), settle: (id) => void told.push(`settle ${id}`) }, later);
  return { hands, pass, taken: () => told.splice(0) };
}
const carry = (items: string[], x = 0, number = 1): Carry => ({ number, items, x, y: 0, inside: "", before: "" });

test("let go without a drop, it goes back; with one, it is where the drop says at once", () => {
  const { hands, pass, taken } = stage();
  hands.hear(carry(["a"], 5));
  hands.hear(carry([]));
  assert.deepEqual(taken(), ["lift a 5"]);
  pass(1000);
  assert.deepEqual(taken(), ["settle a"]);
  hands.hear(carry(["a"], 9));
  hands.hear(carry([]));
  hands.arrived("a");
  assert.deepEqual(taken(), ["lift a 9", "settle a"]);
  pass(5000);
  assert.deepEqual(taken(), []);
});

test("who says nothing any more holds nothing any more, and who holds still says so", () => {
  const { hands, pass, taken } = stage();
  hands.hear(carry(["a"], 1));
  pass(2000);
  hands.hear(carry(["a"], 1));
  pass(2000);
  assert.deepEqual(taken(), ["lift a 1", "lift a 1"]);
  pass(1500);
  assert.deepEqual(taken(), ["settle a"]);
});

test("what is taken out of the hand is put down, and two hands are two", () => {
  const { hands, taken } = stage();
  hands.hear(carry(["a", "b"], 1, 1));
  hands.hear(carry(["c"], 2, 2));
  hands.hear(carry(["b"], 3, 1));
  assert.deepEqual(taken(), ["lift a 1", "lift b 1", "lift c 2", "settle a", "lift b 3"]);
  hands.clear();
  assert.deepEqual(taken().sort(), ["settle b", "settle c"]);
});

test("one who was never seen to hold anything lets go of nothing", () => {
  const { hands, pass, taken } = stage();
  hands.hear(carry([]));
  pass(5000);
  hands.arrived("a");
  assert.deepEqual(taken(), []);
});
