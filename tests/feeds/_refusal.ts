/**
 * What a reading was refused with, or `undefined` if it was not. (Bun's own `rejects` holds the event loop up: with readers that let it
 * turn, each look took some 400 ms.)
 */
export async function refusalOf(reading: Promise<unknown>): Promise<unknown> {
  return await reading.then(
    () => undefined,
    (error: unknown) => error,
  );
}
