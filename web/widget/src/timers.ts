/** Timers by name: starting one again replaces it. */
export class Timers {
  #running = new Map<string, ReturnType<typeof setTimeout>>();

  start(name: string, ms: number, then: () => void): void {
    this.stop(name);
    this.#running.set(name, setTimeout(then, ms));
  }

  stop(name: string): void {
    clearTimeout(this.#running.get(name));
    this.#running.delete(name);
  }

  stopAll(): void {
    for (const name of this.#running.keys()) this.stop(name);
  }
}
