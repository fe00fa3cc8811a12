import assert from "node:assert/strict";
import { test } from "node:test";
import { chosenOr } from "./hear.ts";

test("what the writer ticked away stays away when we hear it again", () => {
  const choices = new Map([["weld", false], ["tig", true]]);
  assert.equal(chosenOr(choices, "weld", true), false);
  assert.equal(chosenOr(choices, "tig", false), true);
  assert.equal(chosenOr(choices, "certificate", true), true);
});
