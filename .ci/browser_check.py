"""Reads the report in headless Chromium: offline, on a wide and a narrow screen, in light and dark mode; fails in one sentence."""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

REPORT = Path(sys.argv[1]).resolve()

# Everything that stands out of the page to the right although nothing around it scrolls.
WIDER_THAN_THE_PAGE = """() => {
  const scrolls = element => element && (/(auto|scroll|hidden)/.test(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
  return [...document.querySelectorAll("body *")]
    .filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1 && !scrolls(e.parentElement) && !e.closest("svg, math"))
    .map(e => e.tagName + " " + e.textContent.trim().slice(0, 60));
}"""

# Text whose contrast with the nearest painted ground is below 4.5 to 1 (WCAG 2, level AA); text inside pictures is their own.
FAINT = """() => {
  const channels = colour => colour.match(/[\\d.]+/g).map(Number);
  const light = colour => {
    const [r, g, b] = channels(colour).map(c => (c / 255 <= 0.03928 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = element => {
    for (let e = element; e; e = e.parentElement) {
      const colour = getComputedStyle(e).backgroundColor;
      const [, , , alpha = 1] = channels(colour);
      if (alpha > 0) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  const own = e => [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
  return [...document.querySelectorAll("body *")].filter(e => own(e) && !e.closest("svg, script, style, select")).filter(e => {
    const [text, back] = [light(getComputedStyle(e).color), light(ground(e))];
    return (Math.max(text, back) + 0.05) / (Math.min(text, back) + 0.05) < 4.5;
  }).map(e => e.tagName + " " + e.textContent.trim().slice(0, 60));
}"""


def require(condition, sentence):
    if not condition:
        sys.exit(f"{REPORT.name}: {sentence}")


def visit(browser, width, scheme):
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, offline=True)
    page = context.new_page()
    complaints, requests = [], []
    page.on("console", lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: requests.append(request.url))
    page.goto(REPORT.as_uri())
    where = f"at {width} px in {scheme} mode"
    require(not complaints, f"the console complains {where}: {complaints[:3]}")
    require(all(url.startswith(("file:", "data:")) for url in requests), f"the page asks for {requests} {where}")
    wide = page.evaluate("document.documentElement.scrollWidth") - width
    require(wide <= 0, f"the page is {wide} px too wide {where}: {page.evaluate(WIDER_THAN_THE_PAGE)[:3]}")
    faint = page.evaluate(FAINT)
    require(not faint, f"{len(faint)} texts are too faint {where}: {faint[:3]}")
    for what, selector in {"formulas": "math", "figures": "figure svg"}.items():
        sizes = page.evaluate(f"[...document.querySelectorAll('{selector}')].map(e => [e.getBoundingClientRect().width, e.getBoundingClientRect().height, e.closest('details:not([open])') !== null])")
        require(sizes, f"there are no {what} {where}")
        unseen = [size for size in sizes if not size[2] and (size[0] < 4 or size[1] < 4)]
        require(not unseen, f"{len(unseen)} of {len(sizes)} {what} cannot be seen {where}")
    return page


def filters(page):
    rows = page.locator("#verdict-table tbody tr")
    everything = rows.count()
    visible = lambda: page.locator("#verdict-table tbody tr:visible").count()
    require(visible() == everything > 0, "the table does not begin with all its rows")
    page.select_option("#filters [name=rung]", "sampled")
    sampled = visible()
    require(0 < sampled < everything, "the filter by rung keeps nothing or everything")
    page.select_option("#filters [name=verdict]", "refuted")
    shown = page.locator("#verdict-table tbody tr:visible")
    require(all("refuted" in text for text in shown.all_inner_texts()), "the filter by verdict keeps other verdicts")
    page.click("#filters button[type=reset]")
    page.wait_for_function(f"document.querySelectorAll('#verdict-table tbody tr:not([hidden])').length === {everything}")
    page.fill("#filters [name=text]", "thm-5.median order")
    require(0 < visible() < everything, "the filter by words keeps nothing or everything")
    require(f"{visible()} of {everything}" in page.inner_text("#shown"), "the count of rows is not that of the rows shown")
    return everything


with sync_playwright() as playwright:
    browser = playwright.chromium.launch(
        executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    )
    for width in (1280, 400):
        for scheme in ("light", "dark"):
            page = visit(browser, width, scheme)
    rows = filters(visit(browser, 1280, "light"))
    browser.close()
print(f"{REPORT.name}: {rows} rows; offline, no complaints, readable at 1280 and 400 px in light and dark, filters work")
