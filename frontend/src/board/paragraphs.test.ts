import assert from "node:assert/strict";
import { test } from "node:test";
import { paragraphsIn } from "./paragraphs.ts";

test("a text is parted at blank lines, and nothing else is touched", () => {
  assert.deepEqual(paragraphsIn("  Første\nlinje to\r\n\r\nAndre \n \n\n"), ["Første\nlinje to", "Andre"]);
});

test("a long one is parted after a sentence, and no word is lost", () => {
  assert.deepEqual(paragraphsIn("En setning. To setninger! Tre?", 14), ["En setning.", "To setninger!", "Tre?"]);
  assert.deepEqual(paragraphsIn("abcdefghij klm", 6), ["abcdef", "ghij", "klm"]);
});

test("what holds nothing is no paragraph", () => {
  assert.deepEqual(paragraphsIn(" \n\n "), []);
});
