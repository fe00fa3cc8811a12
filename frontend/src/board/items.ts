// What lies on the board as this browser knows it: plain values, so that it can be tested without a page.
export type Kind = "column" | "group" | "note" | "comment" | "reaction" | "file" | "text" | "shape" | "connector" | "ink";

export interface Item {
  readonly id: string;
  readonly seq: number;
  readonly kind: Kind;
  readonly gone?: boolean;
  readonly text: string;
  readonly inside: string;
  readonly rank: string;
  readonly sector: string;
  readonly name: string;
  readonly mine: boolean;
  readonly proxy: boolean;
  readonly hidden: boolean;
  readonly base: number;
  /** Not yet let through by the one who leads. */
  readonly waiting?: boolean;
  // Its place on the canvas, when it has been given one.
  readonly x?: number;
  readonly y?: number;
  readonly w?: number;
  readonly h?: number;
  readonly look?: string;
  readonly path?: string;
  readonly file?: string;
}

export interface Operation {
  readonly id: string;
  readonly kind: "add" | "move" | "edit" | "delete" | "restore" | "place" | "look" | "merge";
  readonly item: string;
  readonly what?: Kind;
  readonly text?: string;
  readonly inside?: string;
  readonly before?: string;
  readonly base?: number;
  readonly sector?: string;
  readonly is_proxy?: boolean;
  readonly x?: number;
  readonly y?: number;
  readonly w?: number;
  readonly h?: number;
  readonly look?: string;
  readonly path?: string;
}

/** An operation before it has its number. */
export type Wanted = Omit<Operation, "id">;

export interface Answer {
  readonly id: string;
  readonly seq?: number;
  readonly no?: string;
}

// The forum's own letters for ids (kompetanse.refs).
const LETTERS = "0123456789abcdefghjkmnpqrstvwxyz";

export function newId(random: (size: number) => Uint8Array = (size) => crypto.getRandomValues(new Uint8Array(size))): string {
  return Array.from(random(10), (byte) => LETTERS[byte % 32]).join("");
}

const HOLDERS: readonly Kind[] = ["column", "group"];

/** What of a message is newer than what is known; what others lie in comes first. */
export function newer(known: ReadonlyMap<string, number>, items: readonly Item[]): Item[] {
  const order = (item: Item): number => (HOLDERS.indexOf(item.kind) + 1 || 3);
  return items.filter((item) => (known.get(item.id) ?? -1) < item.seq).sort((one, other) => order(one) - order(other));
}

/** Whether one stands before the other: by place, and by id where two have the same. */
export function isBefore(one: { rank: string; id: string }, other: { rank: string; id: string }): boolean {
  return one.rank === other.rank ? one.id < other.id : one.rank < other.rank;
}

/** The id of the one that something dropped at this height lands before; "" for the end. */
export function landsBefore(boxes: readonly { id: string; top: number; height: number }[], y: number): string {
  return boxes.find((box) => y < box.top + box.height / 2)?.id ?? "";
}
