import { expect, test } from "bun:test";
import { problemHeadings, renderProblemPage } from "../../src/http/mod.ts";

const MARKDOWN = "# Problems\n\nSee `code`.\n\n## horse_lame\n\n409. <b>Lame</b>\n& tired.\n";

test("every problem has a heading that can be linked to, and no markup of the text runs", () => {
  const page = renderProblemPage(MARKDOWN);

  expect(page).toContain('<h2 id="horse_lame">horse_lame</h2>');
  expect(page).toContain("<p>See <code>code</code>.</p>");
  expect(page).toContain("<p>409. &lt;b&gt;Lame&lt;/b&gt; &amp; tired.</p>");
});

test("problemHeadings names the codes and not the title", () => {
  expect(problemHeadings(MARKDOWN)).toEqual(["horse_lame"]);
});
