import assert from "node:assert/strict";
import { test } from "node:test";
import { entriesOf, forget, keep, kept, restore } from "./kept.ts";
import type { Field, Shelf } from "./kept.ts";

const day = 24 * 60 * 60 * 1000;

function shelf(): Shelf {
  const items = new Map<string, string>();
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  };
}
function field(name: string, value: string, more: Partial<Field> = {}): Field {
  return { name, value, type: "text", checked: false, isKept: false, ...more };
}
const box = (name: string, value: string, checked: boolean): Field => field(name, value, { type: "checkbox", checked });

test("what is kept comes back, and not after fourteen days", () => {
  const store = shelf();
  const draft = { entries: [["words", "sveise"]] as const, at: 0 };
  assert.equal(keep(store, "voice", draft), true);
  assert.deepEqual(kept(store, "voice", 13 * day), { entries: [["words", "sveise"]], at: 0 });
  assert.equal(kept(store, "voice", 15 * day), undefined);
  assert.equal(kept(store, "another", 0), undefined);
});

test("what the server has acknowledged is forgotten", () => {
  const store = shelf();
  keep(store, "voice", { entries: [["words", "sveise"]], at: 0 });
  forget(store, "voice");
  assert.equal(kept(store, "voice", 0), undefined);
});

test("a full device, or rubbish on it, stops nobody", () => {
  const full: Shelf = { getItem: () => "{", removeItem: () => {}, setItem: () => { throw new Error("full"); } };
  assert.equal(keep(full, "voice", { entries: [], at: 0 }), false);
  assert.equal(kept(full, "voice", 0), undefined);
});

test("passwords, tokens and files are never kept; a hidden field only when it asks to be", () => {
  const fields = [
    field("words", "sveise"),
    field("password", "hemmelig", { type: "password" }),
    field("csrfmiddlewaretoken", "t", { type: "hidden" }),
    field("once", "k7", { type: "hidden", isKept: true }),
    field("minutes", "x.docx", { type: "file" }),
    box("fits", "evening", true),
    box("fits", "day", false),
  ];
  assert.deepEqual(entriesOf(fields), [["words", "sveise"], ["once", "k7"], ["fits", "evening"]]);
});

test("a draft fills an empty form, unticked boxes too", () => {
  const fields = [field("words", ""), box("fits", "evening", false), box("fits", "day", true)];
  assert.equal(restore(fields, { entries: [["words", "sveise"], ["fits", "evening"]], at: 0 }), true);
  assert.deepEqual(fields.map((one) => [one.value, one.checked]), [["sveise", false], ["evening", true], ["day", false]]);
});

test("what the server wrote stands", () => {
  const fields = [field("words", "fra døra"), field("email", ""), box("fits", "day", true)];
  assert.equal(restore(fields, { entries: [["words", "eldre ord"], ["email", "kari@firma.example"]], at: 0 }), true);
  assert.deepEqual(fields.map((one) => [one.value, one.checked]), [["fra døra", false], ["kari@firma.example", false], ["day", true]]);
});

test("an equal draft changes nothing, so nothing is said of it", () => {
  assert.equal(restore([field("words", "sveise")], { entries: [["words", "sveise"]], at: 0 }), false);
});
