/**
 * Waits until it holds, looking every 10 ms.
 *
 * @throws {RangeError} If it did not come true in `ms`.
 */
export async function until(holds: () => boolean | Promise<boolean>, ms = 5000): Promise<void> {
  const deadline = performance.now() + ms;
  while (!(await holds())) {
    if (performance.now() > deadline)
      throw new RangeError(`Cannot go on as it did not come true in ${ms} ms: ${holds}`);
    await Bun.sleep(10);
  }
}
