// What others drag, while they drag it: lifted where it is, carried along, and put down again. It passes; only the drop is kept.

/** As one message tells it. Without items: it was let go. */
export interface Carry {
  readonly number: number;
  readonly items: readonly string[];
  /** How far it has come on the canvas; nought and nought on the wall. */
  readonly x: number;
  readonly y: number;
  /** Where it would land. */
  readonly inside: string;
  readonly before: string;
}

/** A view of the board that can show it. */
export interface Stage {
  lift(id: string, carry: Carry): void;
  settle(id: string): void;
}

// The drop comes as an operation, a little after the hand has let go.
const SETTLES_MILLISECONDS = 600;
// Somebody who holds still says so each second; after three without a word the line to them is gone.
const FORGOTTEN_MILLISECONDS = 3000;

export type Later = (what: () => void, milliseconds: number) => () => void;

const later: Later = (what, milliseconds) => {
  const timer = setTimeout(what, milliseconds);
  return () => clearTimeout(timer);
};

export class Hands {
  private readonly held = new Map<number, { ids: readonly string[]; stop: () => void }>();
  private readonly stage: Stage;
  private readonly later: Later;

  constructor(stage: Stage, wait: Later = later) {
    this.stage = stage;
    this.later = wait;
  }

  hear(carry: Carry): void {
    const { number, items } = carry;
    const known = this.held.get(number);
    known?.stop();
    if (!items.length) {
      if (known) this.held.set(number, { ids: known.ids, stop: this.later(() => this.putDown(number), SETTLES_MILLISECONDS) });
      return;
    }
    for (const id of known?.ids ?? []) if (!items.includes(id)) this.stage.settle(id);
    this.held.set(number, { ids: items, stop: this.later(() => this.putDown(number), FORGOTTEN_MILLISECONDS) });
    for (const id of items) this.stage.lift(id, carry);
  }

  /** It has been changed, and lies where it says itself. */
  arrived(id: string): void {
    for (const [number, { ids, stop }] of this.held) {
      if (!ids.includes(id)) continue;
      this.stage.settle(id);
      this.held.set(number, { ids: ids.filter((each) => each !== id), stop });
    }
  }

  /** The line is broken: nobody is known to hold anything. */
  clear(): void {
    for (const number of [...this.held.keys()]) this.putDown(number);
  }

  private putDown(number: number): void {
    const held = this.held.get(number);
    held?.stop();
    this.held.delete(number);
    held?.ids.forEach((id) => this.stage.settle(id));
  }
}

/** Whoever has asked for little movement sees that it is held, and then where it was put. */
export function isStill(): boolean {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

/** The wall and the list: it floats over the place where it would land, and nothing else moves. */
export class LaneStage implements Stage {
  private readonly from = new Map<string, { x: number; y: number }>();
  private readonly room: HTMLElement;
  private readonly find: (id: string) => HTMLElement | null;

  constructor(room: HTMLElement, find: (id: string) => HTMLElement | null) {
    this.room = room;
    this.find = find;
  }

  lift(id: string, carry: Carry): void {
    const node = this.find(id);
    const home = node?.parentElement;
    // What is in one's own hand, or is being written in, is left alone.
    if (!node || !home || node.hasAttribute("data-held") || node.contains(document.activeElement)) return;
    node.setAttribute("data-carried", "");
    const lane = this.room.querySelector<HTMLElement>(`[data-lane="${carry.inside}"]`);
    const isOnlyNudged = lane === home && (carry.x !== 0 || carry.y !== 0);
    if (isStill() || !lane || isOnlyNudged) return void node.style.removeProperty("translate");
    const at = home.getBoundingClientRect();
    if (!this.from.has(id)) {
      // Counted from what it lies in, which does not move while the note does.
      const own = node.getBoundingClientRect();
      this.from.set(id, { x: own.left - at.left, y: own.top - at.top });
    }
    const from = this.from.get(id)!;
    const next = carry.before ? this.find(carry.before) : null;
    const to = lane.getBoundingClientRect();
    const y = next && next !== node && next.parentElement === lane ? next.getBoundingClientRect().top - 12 : to.bottom;
    node.style.translate = `${Math.round(to.left - at.left + (lane === home ? 0 : 12))}px ${Math.round(y - at.top - from.y)}px`;
  }

  settle(id: string): void {
    this.from.delete(id);
    const node = this.find(id);
    node?.removeAttribute("data-carried");
    node?.style.removeProperty("translate");
  }
}
