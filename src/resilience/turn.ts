/**
 * Lets everything else that waits run once: the next turn of the event loop.
 *
 * An immediate alone is not enough: Bun 1.4.5 was seen to sleep until its next timer, up to a second, with an immediate pending, and
 * to go on like that (epoll_pwait2 with a timeout of 1 s, turn after turn). The timer beside it bounds that to about 1 ms.
 */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, 1);
    setImmediate(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
