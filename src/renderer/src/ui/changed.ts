/**
 * A state with some parts changed: the same state where they are what they were, so that a store tells nobody. A picture that comes puts much at rest that rests
 * already; without this, each time would render everything once more.
 */
export function changed<State extends object>(part: Partial<State>): (state: State) => State {
  const names = Object.keys(part) as (keyof State)[];
  return (state) => (names.every((name) => Object.is(state[name], part[name])) ? state : { ...state, ...part });
}
