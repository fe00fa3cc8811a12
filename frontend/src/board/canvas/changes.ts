// What an operation changes of an item, before the forum has answered.
import type { Item, Operation } from "../items.ts";
import type { Box } from "./geometry.ts";
import type { Lying } from "./layout.ts";

export function placeOf(item: Item): Box {
  return { x: item.x ?? 0, y: item.y ?? 0, w: item.w ?? 0, h: item.h ?? 0 };
}

export function lying(item: Item): Lying {
  return { id: item.id, kind: item.kind, inside: item.inside, rank: item.rank, text: item.text, ...placeOf(item) };
}

export function changed(item: Item, op: Operation): Item {
  const place = op.w === undefined ? {} : { x: op.x ?? 0, y: op.y ?? 0, w: op.w, h: op.h ?? 0 };
  if (op.kind === "place") return { ...item, ...place };
  if (op.kind === "look") return { ...item, look: op.look ?? "" };
  if (op.kind === "edit") return { ...item, text: op.text ?? item.text };
  if (op.kind === "move") {
    const isElsewhere = op.inside !== item.inside;
    return { ...item, inside: op.inside ?? "", rank: isElsewhere ? "~" : item.rank, ...(isElsewhere ? { x: 0, y: 0, w: 0, h: 0 } : {}), ...place };
  }
  return item;
}
