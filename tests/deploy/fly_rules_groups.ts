import { type FlyFile, GROUPS, WORKERS } from "./fly_context.ts";
import {
  commandsOf,
  type Finding,
  namedSectionsAt,
  type Section,
  sectionsAt,
  stringAt,
  stringsAt,
  type Table,
} from "./fly_document.ts";
import { SECTIONS_OF_GROUPS } from "./fly_keys.ts";

/** Which groups there are, what each runs, and that every section says whose it is. */
export function groupFindings(file: FlyFile): readonly Finding[] {
  return [
    ...groupsOfTheService(file),
    ...commands(file),
    ...sectionsName(file),
    ...workersAlwaysRestart(file),
    ...oneMachineSizeEach(file),
    ...volumeOfWeb(file),
  ];
}

/** The sections of a document that bind to process groups. */
export function sectionsOfGroups(document: Table): readonly Section[] {
  return SECTIONS_OF_GROUPS.flatMap((key) =>
    key === "checks" ? namedSectionsAt(document, key) : sectionsAt(document, key),
  );
}

/** The sections of one kind that name the group. */
export function sectionsFor(document: Table, key: (typeof SECTIONS_OF_GROUPS)[number], group: string) {
  const sections = key === "checks" ? namedSectionsAt(document, key) : sectionsAt(document, key);
  return sections.filter(({ table }) => stringsAt(table, "processes").includes(group));
}

function groupsOfTheService({ document }: FlyFile): Finding[] {
  const given = [...commandsOf(document).keys()];
  const missing = GROUPS.filter((group) => !given.includes(group));
  const strange = given.filter((group) => !GROUPS.some((known) => known === group));
  return [
    ...missing.map((group) => finding("groups", `processes.${group}`, "this group must be declared")),
    ...strange.map((group) => finding("groups", `processes.${group}`, "the service has no such group")),
  ];
}

function commands({ document, context }: FlyFile): Finding[] {
  return [...commandsOf(document)].flatMap(([group, command]) =>
    commandFault(command, context.inImage).map((fault) => finding("command", `processes.${group}`, fault)),
  );
}

/** Why a command would not start in the image: it must be bun itself and one file that is there. */
export function commandFault(command: string, inImage: (path: string) => boolean): readonly string[] {
  const [program, path, ...rest] = command.split(" ");
  if (program !== "bun") return [`must run bun itself, so that signals reach it: it runs "${program}"`];
  if (path === undefined || rest.length > 0) return ["must be bun and one file"];
  return inImage(path) ? [] : [`runs "${path}", which is not in the image`];
}

function sectionsName({ document }: FlyFile): Finding[] {
  const groups = commandsOf(document);
  return sectionsOfGroups(document).flatMap(({ path, table }) => {
    const named = stringsAt(table, "processes");
    if (named.length === 0)
      return [finding("processes_named", path, "must name its processes, or falls to the first group")];
    return named
      .filter((group) => !groups.has(group))
      .map((group) => finding("processes_known", path, `names the group "${group}", which there is not`));
  });
}

function workersAlwaysRestart({ document }: FlyFile): Finding[] {
  return WORKERS.flatMap((group) => {
    const policies = sectionsFor(document, "restart", group).map(({ table }) => stringAt(table, "policy"));
    if (policies.length === 1 && policies[0] === "always") return [];
    const found = policies.length === 0 ? "the default" : policies.join(" and ");
    return [finding("restart_always", "restart", `${group} must restart always: it has ${found}`)];
  });
}

function oneMachineSizeEach({ document }: FlyFile): Finding[] {
  return GROUPS.flatMap((group) => {
    const count = sectionsFor(document, "vm", group).length;
    return count === 1
      ? []
      : [finding("vm", "vm", `${group} must have one size of machine: it has ${count}`)];
  });
}

function volumeOfWeb({ document, config }: FlyFile): Finding[] {
  const { dir } = config.snapshot;
  const mounts = sectionsAt(document, "mounts");
  const foreign = mounts.filter(({ table }) =>
    stringsAt(table, "processes").some((group) => group !== "web"),
  );
  const data = mounts.filter(({ table }) => stringAt(table, "destination") === "/data");
  return [
    ...foreign.map(({ path }) => finding("volume", path, "only web has a volume")),
    ...(data.length === 1 && mounts.length === 1
      ? []
      : [finding("volume", "mounts", "web must have one volume, at /data")]),
    ...(dir === "/data" || dir?.startsWith("/data/")
      ? []
      : [finding("snapshot", "env.SNAPSHOT_DIR", `must be on the volume: it is ${dir}`)]),
  ];
}

function finding(rule: string, path: string, message: string): Finding {
  return { rule, path, message };
}
