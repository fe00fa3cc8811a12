// What this device has done and the forum has not yet kept. It stands on the device until it is answered.
import type { Operation } from "./items.ts";

export interface Kept {
  readonly op: Operation;
  readonly board: string;
  readonly who: string;
  readonly at: number;
}

export interface Shelf {
  all(): Promise<Kept[]>;
  put(kept: Kept): Promise<void>;
  remove(id: string): Promise<void>;
}

/** Words that came too late, as a note of their own beside the one they were meant for: both are kept. */
export function twinOf(op: Operation, inside: string, newId: () => string): Operation | undefined {
  if (op.kind !== "edit" || !op.text || !inside) return undefined;
  return { id: `${newId()}${newId()}`, kind: "add", item: newId(), what: "note", text: op.text, inside };
}

/** In the order they were done; each is sent again until it is answered, and its id makes that safe. */
export class Outbox {
  private readonly waiting = new Map<string, Kept>();
  // Not yet on the shelf: gone if the page is closed now.
  private readonly loose = new Set<string>();

  private readonly shelf: Shelf;
  private readonly board: string;
  private readonly who: string;
  private readonly changed: (count: number) => void;

  constructor(shelf: Shelf, board: string, who: string, changed: (count: number) => void = () => {}) {
    this.shelf = shelf;
    this.board = board;
    this.who = who;
    this.changed = changed;
  }

  /** What was left from before: the tab was closed, or the device lost its power. */
  async open(): Promise<Operation[]> {
    const kept = (await this.shelf.all()).filter((each) => each.board === this.board && each.who === this.who);
    for (const each of kept.sort((one, other) => one.at - other.at)) this.waiting.set(each.op.id, each);
    this.changed(this.waiting.size);
    return this.operations();
  }

  add(op: Operation, at: number): void {
    const kept = { op, board: this.board, who: this.who, at };
    this.waiting.set(op.id, kept);
    this.loose.add(op.id);
    this.changed(this.waiting.size);
    const isSettled = (): void => {
      if (this.loose.delete(op.id) && this.waiting.has(op.id)) this.changed(this.waiting.size);
    };
    // A device that cannot keep it still sends it.
    void this.shelf.put(kept).then(isSettled, isSettled);
  }

  /** Answered, with yes or no: either way it does not wait any more. */
  answered(id: string): Operation | undefined {
    const kept = this.waiting.get(id);
    if (!kept) return undefined;
    this.waiting.delete(id);
    this.changed(this.waiting.size);
    void this.shelf.remove(id).catch(() => {});
    return kept.op;
  }

  operations(): Operation[] {
    return [...this.waiting.values()].map((kept) => kept.op);
  }

  get size(): number {
    return this.waiting.size;
  }

  /** So many would be here still if the page were closed now, on a device that can keep anything. */
  get kept(): number {
    return [...this.waiting.keys()].filter((id) => !this.loose.has(id)).length;
  }
}

/** The browser's own database; memory alone where there is none, as in some private windows. */
export function deviceShelf(): Shelf {
  const opened = new Promise<IDBDatabase>((resolve, reject) => {
    const asked = indexedDB.open("tavler", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("outbox", { keyPath: "op.id" });
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
  const ask = async <T>(mode: IDBTransactionMode, what: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> => {
    const database = await opened;
    return new Promise((resolve, reject) => {
      const transaction = database.transaction("outbox", mode);
      const asked = what(transaction.objectStore("outbox"));
      transaction.oncomplete = () => resolve(asked.result);
      transaction.onerror = transaction.onabort = () => reject(transaction.error);
    });
  };
  return {
    all: () => ask("readonly", (store) => store.getAll() as IDBRequest<Kept[]>).catch(() => []),
    put: async (kept) => void (await ask("readwrite", (store) => store.put(kept))),
    remove: async (id) => void (await ask("readwrite", (store) => store.delete(id))),
  };
}
