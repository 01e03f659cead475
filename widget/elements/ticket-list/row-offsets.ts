/** Where the rows of a long list are, of which only a few have ever been measured. */
export class RowOffsets {
  /** Of a row that was never measured; in px. */
  #estimate: number;
  readonly #heights = new Map<string, number>();
  #keys: readonly string[] = [];
  #tops: Float64Array | null = null;

  /** @param estimate in px, until the first is measured */
  constructor(estimate: number) {
    this.#estimate = estimate;
  }

  get count(): number {
    return this.#keys.length;
  }

  /** The height of all rows together. */
  get total(): number {
    return this.top(this.count);
  }

  setKeys(keys: readonly string[]): void {
    this.#keys = keys;
    this.#tops = null;
  }

  /**
   * Takes down what rows measure. The first ones decide what the others are taken for.
   *
   * @returns whether anything has moved by it
   */
  measure(measured: ReadonlyArray<readonly [key: string, height: number]>): boolean {
    if (measured.length === 0) return false;
    let moved = this.#heights.size === 0;
    if (moved) {
      this.#estimate = measured.reduce((sum, [, height]) => sum + height, 0) / measured.length;
      this.#tops = null;
    }
    for (const [key, height] of measured) {
      const known = this.#heights.get(key);
      if (known !== undefined && Math.abs(known - height) < 0.5) continue;
      this.#heights.set(key, height);
      this.#tops = null;
      moved = true;
    }
    return moved;
  }

  /** The rows have another width now. */
  forget(): void {
    this.#heights.clear();
    this.#tops = null;
  }

  /** Distance from the top of the list to that of a row; of the row behind the last: the whole height. */
  top(index: number): number {
    this.#tops ??= this.#add();
    return this.#tops[Math.max(0, Math.min(index, this.count))]!;
  }

  /** The row at a distance from the top of the list, or the one nearest to it. */
  indexAt(y: number): number {
    let [low, high] = [0, Math.max(0, this.count - 1)];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.top(middle) <= y) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  #add(): Float64Array {
    const tops = new Float64Array(this.#keys.length + 1);
    for (const [n, key] of this.#keys.entries()) {
      tops[n + 1] = tops[n]! + (this.#heights.get(key) ?? this.#estimate);
    }
    return tops;
  }
}
