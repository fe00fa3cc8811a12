import assert from "node:assert/strict";
import { test } from "node:test";
import { isRepeat } from "./once.ts";

test("the first press is sent, the second at once is not, and one much later is", () => {
  assert.equal(isRepeat(undefined, 0), false);
  assert.equal(isRepeat(1000, 1200), true);
  assert.equal(isRepeat(1000, 20_000), false);
});
