// What one has done oneself, to take back and do again. Each step is operations one way and the other.
import type { Wanted } from "../items.ts";

export interface Step {
  readonly back: readonly Wanted[];
  readonly again: readonly Wanted[];
}

const MOST = 200;

export class Undo {
  private readonly done: Step[] = [];
  private undone: Step[] = [];
  private readonly changed: () => void;

  constructor(changed: () => void = () => {}) {
    this.changed = changed;
  }

  did(step: Step): void {
    this.done.push(step);
    if (this.done.length > MOST) this.done.shift();
    this.undone = [];
    this.changed();
  }

  /** The operations that take the last step back. */
  back(): readonly Wanted[] {
    const step = this.done.pop();
    if (step) this.undone.push(step);
    this.changed();
    return step?.back ?? [];
  }

  again(): readonly Wanted[] {
    const step = this.undone.pop();
    if (step) this.done.push(step);
    this.changed();
    return step?.again ?? [];
  }

  /** What was refused is no step any more. */
  forget(item: string): void {
    for (const row of [this.done, this.undone]) {
      for (let n = row.length - 1; n >= 0; n--) if (row[n]!.again.some((op) => op.item === item)) row.splice(n, 1);
    }
    this.changed();
  }

  get canGoBack(): boolean {
    return this.done.length > 0;
  }

  get canGoAgain(): boolean {
    return this.undone.length > 0;
  }
}
