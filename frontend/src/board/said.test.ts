import assert from "node:assert/strict";
import { test } from "node:test";
import { carriedIn } from "./line.ts";
import { counted, numbered } from "./said.ts";

test("a comment is counted in words, and a word that is none of ours is not", () => {
  const words = { agree: "enig" };
  assert.deepEqual([counted("agree", 2, words, ""), counted("comment", 1, words, "1 kommentar|{n} kommentarer"), counted("comment", 3, words, "1 kommentar|{n} kommentarer")], ["2 enig", "1 kommentar", "3 kommentarer"]);
  assert.equal(counted("<b>", 1, words, ""), undefined);
});

test("notes are counted in words", () => {
  assert.deepEqual([0, 1, 14].map((number) => numbered(number, "1 lapp|{n} lapper")), ["0 lapper", "1 lapp", "14 lapper"]);
});

test("what one drags oneself is not among what the others drag", () => {
  const at = [[1, ["a"], 3, 4, "l", ""], [2, [], 0, 0, "", ""]] as const;
  assert.deepEqual(carriedIn(at, 1), [{ number: 2, items: [], x: 0, y: 0, inside: "", before: "" }]);
});
