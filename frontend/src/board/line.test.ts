import assert from "node:assert/strict";
import { test } from "node:test";
import { cursorsIn, pause } from "./line.ts";

test("one's own cursor is not among the others'", () => {
  const at = [[1, 10, 20, "business"], [2, 30, 40, ""]] as const;
  assert.deepEqual(cursorsIn(at, 1), [{ id: 2, x: 30, y: 40, sector: "" }]);
});

test("each try waits longer than the one before, never all at once, and never for ever", () => {
  assert.ok(pause(0, 0) < pause(3, 0));
  assert.notEqual(pause(2, 0), pause(2, 1));
  assert.equal(pause(20, 1), 8000);
});
