import assert from "node:assert/strict";
import { test } from "node:test";
import { shown } from "./clock.ts";
import { pause } from "./line.ts";

test("the clock tells minutes and seconds, and stands at nought when the time is up", () => {
  assert.deepEqual(shown(252_000, 0), { text: "04:12", isOver: false });
  assert.deepEqual(shown(1, 0), { text: "00:01", isOver: false });
  assert.deepEqual(shown(0, 5000), { text: "00:00", isOver: true });
  assert.deepEqual(shown(3_600_000, 0), { text: "60:00", isOver: false });
});

test("a hall whose line breaks does not come back in the same moment", () => {
  assert.deepEqual([0, 1, 2, 9].map((tries) => pause(tries, 1)), [500, 1000, 2000, 8000]);
  assert.deepEqual([pause(0, 0), pause(9, 0)], [250, 4000]);
});
