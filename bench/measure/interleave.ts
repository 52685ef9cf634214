/** One of several things measured alike, a sample at a time. */
export interface Subject {
  readonly name: string;
  sample(): number | Promise<number>;
}

/** The samples of each subject by name, the nth of one taken in the same round as the nth of any other. */
export type Samples = ReadonlyMap<string, readonly number[]>;

/**
 * Samples every subject once a round. Each round begins with another subject, so that none owes its figure to its place in
 * the order or to whom it follows first.
 */
export async function interleave(
  subjects: readonly Subject[],
  { rounds, onRound }: { rounds: number; onRound?: (round: number) => void },
): Promise<Samples> {
  const samples = new Map<string, number[]>(subjects.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    onRound?.(round + 1);
    for (const subject of rotated(subjects, round)) samples.get(subject.name)?.push(await subject.sample());
  }
  return samples;
}

/** The samples of one subject. */
export function samplesOf(samples: Samples, name: string): readonly number[] {
  const found = samples.get(name);
  if (found === undefined)
    throw new RangeError(`Cannot find samples of "${name}": nothing of that name was measured`);
  return found;
}

function rotated<T>(items: readonly T[], by: number): readonly T[] {
  const at = items.length === 0 ? 0 : by % items.length;
  return [...items.slice(at), ...items.slice(0, at)];
}
