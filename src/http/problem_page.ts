/**
 * `problems.md` as a page whose headings can be linked to. Knows as much of Markdown as that file uses: headings, paragraphs
 * and code; everything else is shown as it is written.
 */
export function renderProblemPage(markdown: string): string {
  const blocks = markdown
    .split(/\n{2,}/)
    .map((block) => block.trim())
    .filter((block) => block !== "");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Problems</title>
</head>
<body>
${blocks.map(renderBlock).join("\n")}
</body>
</html>
`;
}

/** The codes that `problems.md` has a heading for. */
export function problemHeadings(markdown: string): string[] {
  return [...markdown.matchAll(/^## ([a-z_]+)$/gm)].map(([, code]) => code ?? "");
}

function renderBlock(block: string): string {
  const heading = /^(#{1,3}) (.+)$/.exec(block);
  if (heading === null) return `<p>${inline(block)}</p>`;
  const [, marks = "#", text = ""] = heading;
  return `<h${marks.length} id="${escapeHtml(text.toLowerCase().replaceAll(" ", "-"))}">${inline(text)}</h${marks.length}>`;
}

function inline(text: string): string {
  return escapeHtml(text.replaceAll("\n", " ")).replaceAll(/`([^`]+)`/g, "<code>$1</code>");
}

function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
