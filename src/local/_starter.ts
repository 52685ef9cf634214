import { describeProcess, type ProcessIdentity, stillRuns } from "./_process_identity.ts";

/**
 * Calls `onGone` when the command that started us ends without us: `bun start` runs us below a process of its own, and `npx`
 * puts two more in between. Ending one of those by SIGKILL, or `npx` by SIGTERM, reaches none below it, and would leave the
 * whole stack running behind a command that looks stopped.
 */
export function watchStarter(
  onGone: (command: string) => void,
  { byScript }: { byScript: boolean },
): Disposable {
  const watched = byScript ? startersOf(process.pid) : [];
  const timer = setInterval(() => {
    const gone = watched.find((starter) => !stillRuns(starter));
    if (gone === undefined) return;
    clearInterval(timer);
    onGone(gone.command);
  }, LOOK_EVERY_MS);
  timer.unref();
  return { [Symbol.dispose]: () => clearInterval(timer) };
}

// Elsewhere than on Linux each look runs a command.
const LOOK_EVERY_MS = process.platform === "linux" ? 250 : 2000;

type Starter = ProcessIdentity & { readonly command: string };

/** Our parent, and npm or npx above it with the shell that these put in between. Whatever called those may end as it likes. */
function startersOf(pid: number): Starter[] {
  const own = describeProcess(pid);
  const wrapper = own && describeProcess(own.parentPid);
  if (wrapper === undefined) return [];
  const above = describeProcess(wrapper.parentPid);
  const beyond = above && describeProcess(above.parentPid);
  const npm = [above, beyond].find((candidate) => candidate !== undefined && isNpm(candidate.command));
  return npm === undefined ? [wrapper] : [wrapper, npm];
}

/** npm names its process after what it was asked, as in `npm exec bun@1.4.5 start`; before that it is node with its script. */
function isNpm(command: string): boolean {
  return /^(npm|npx) |\/(npm|npx)(-cli\.js)?( |$)/.test(command);
}
