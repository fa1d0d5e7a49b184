/**
 * A sum whose last digit does not depend on the order of its terms, but for ties of rounding: what each addition rounds off is
 * added up apart (Neumaier 1974).
 */
export class PreciseSum {
  #sum = 0;
  #rest = 0;

  add(term: number): void {
    const sum = this.#sum + term;
    this.#rest += Math.abs(this.#sum) >= Math.abs(term) ? this.#sum - sum + term : term - sum + this.#sum;
    this.#sum = sum;
  }

  get value(): number {
    return this.#sum + this.#rest;
  }
}
