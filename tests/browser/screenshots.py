"""Screenshots of the pages that readers open, to be looked at: ``make run`` first, then this.

    .venv/bin/python -m tests.browser.screenshots [ADDRESS] [--only home,my-mix] [--to FOLDER]

Each page at the width of a phone, a tablet and a desktop, light and dark, with text at 200 %, and
as it prints. ``index.html`` in the folder shows them beside each other. What a machine can see is
said at once: what is wider than its screen, and labels of a drawing that touch.
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from jobzone.places import BASE_DIR
from tests.browser.conftest import NO_BROWSER, QUIET, chromium_path

CODER = "clinical-coder-nhs"
COMPARED = (
    CODER,
    "clinical-documentation-improvement-specialist",
    "registered-nurse-nhs",
    "health-information-technologist",
)
ROLES = (
    CODER,
    "bank-teller",
    "solicitor",
    "senior-clinical-coder-nhs",
    "ai-governance-lead",
    "electrician",
)
"""One of each zone and sub-label, nearly: published, samples, with and without an override."""


def _compare(count: int) -> str:
    return "/compare/?" + "&".join(f"role={slug}" for slug in COMPARED[:count])


PAGES = {
    "home": "/",
    **{f"role-{slug}": f"/roles/{slug}/" for slug in ROLES},
    "browse": "/roles/",
    **{f"compare-{count}": _compare(count) for count in (2, 3, 4)},
    "overview": "/overview/",
    "my-mix": f"/roles/{CODER}/my-mix/?t2=5&t5=30&v=1&method=1.0",
    "profile": "/occupations/15-1299.08-computer-systems-engineers-architects/",
}
WIDTHS = {360: 800, 768: 1024, 1280: 800}
LOOKS = {
    "light": ("light", "100%"),
    "dark": ("dark", "100%"),
    "large": ("light", "200%"),
}
PRINT = "print"
HIGHEST = 15_000
"""Pixels after which Chromium begins a screenshot anew from its top."""
SEEN = """() => {
  const found = [];
  const wide = document.documentElement.scrollWidth - innerWidth;
  if (wide > 0) found.push(`${wide} px wider than the screen`);
  const shown = (one) => one.checkVisibility() && one.textContent.trim();
  for (const drawing of document.querySelectorAll('svg')) {
    const boxes = [...drawing.querySelectorAll('text')].filter(shown)
      .map((one) => [one.textContent.trim(), one.getBoundingClientRect()]);
    boxes.forEach(([text, box], place) => {
      if (box.left < -1 || box.right > innerWidth + 1) found.push(`“${text}” is cut off`);
      for (const [other, beside] of boxes.slice(place + 1)) {
        const across = Math.min(box.right, beside.right) - Math.max(box.left, beside.left);
        const down = Math.min(box.bottom, beside.bottom) - Math.max(box.top, beside.top);
        if (across > 0 && down > box.height / 4) found.push(`“${text}” touches “${other}”`);
      }
    });
  }
  return found;
}"""


def main() -> None:
    """Take them all, and say what a machine sees in them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("site", nargs="?", default="http://127.0.0.1:8000")
    parser.add_argument("--to", type=Path, default=BASE_DIR / "var" / "screenshots")
    parser.add_argument("--only", default="", help=f"some of {', '.join(PAGES)}")
    asked = parser.parse_args()
    chosen = [name for name in PAGES if not asked.only or name in asked.only.split(",")]
    asked.to.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        path = chromium_path(playwright)
        if path is None:
            sys.exit(NO_BROWSER)
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        taken = {name: list(_take(browser, asked.site, name, asked.to)) for name in chosen}
        browser.close()
    index = asked.to / "index.html"
    index.write_text(_index(taken))
    print(f"Look at {index}")


def _take(browser: Browser, site: str, name: str, to: Path) -> Iterator[str]:
    """The screenshots of one page, by the names of their files."""
    for width, height in WIDTHS.items():
        for look, (scheme, size) in LOOKS.items():
            page = browser.new_page(viewport={"width": width, "height": height})
            page.emulate_media(color_scheme=scheme)
            page.goto(site + PAGES[name])
            page.evaluate(f"document.documentElement.style.fontSize = '{size}'")
            file = f"{name}-{width}-{look}.png"
            _shoot(page, to / file)
            for fault in page.evaluate(SEEN):
                print(f"{name}, {width} px, {look}: {fault}")
            page.close()
            yield file
    page = browser.new_page()
    page.goto(site + PAGES[name])
    edge = dict.fromkeys(("top", "right", "bottom", "left"), "12mm")
    page.pdf(path=to / f"{name}-{PRINT}.pdf", format="A4", margin=edge)
    page.close()
    yield f"{name}-{PRINT}.pdf"


def _shoot(page: Page, file: Path) -> None:
    high = page.evaluate("document.documentElement.scrollHeight")
    width = page.evaluate("innerWidth")
    clip = {"x": 0, "y": 0, "width": width, "height": min(high, HIGHEST)}
    page.screenshot(path=file, full_page=True, clip=clip)


def _index(taken: dict[str, list[str]]) -> str:
    """A page that shows all, one row for each page."""
    rows = "".join(
        f"<h2>{name}</h2><p>{''.join(_shown(file) for file in files)}</p>"
        for name, files in taken.items()
    )
    style = "p{display:flex;gap:8px;align-items:start;overflow-x:auto} iframe{height:900px}"
    return f"<!doctype html><title>Screenshots</title><style>{style}</style>{rows}"


def _shown(file: str) -> str:
    if file.endswith(".pdf"):
        return f'<iframe src="{file}" title="{file}"></iframe>'
    return f'<a href="{file}"><img src="{file}" alt="{file}" width="300"></a>'


if __name__ == "__main__":
    main()
