"""Documents changed at random: none may raise, hang, or be accepted with a figure unaccounted for.

``python -m tests.documents.fuzz 20000`` is the long form; the suite runs a short one.
"""

import random
import sys
import time
from dataclasses import replace
from pathlib import Path

from roles.documents.parse import parse
from roles.documents.render import render
from roles.documents.report import report_on
from scoring.claims import Reproduction
from tests.documents.test_spellings import REFUSED, SAME, TEXT, changed
from tests.reference import CONTENT

SECONDS = 1.0
PIECES = [
    *(
        "|",
        "\\|",
        "||",
        "**",
        "*",
        "_",
        "`",
        "#",
        "##",
        "-",
        "--",
        "–",
        "−",
        "+",
        ">",
        "---",
        "===",
    ),
    *("~~~", "```", "\\", "\\\\", "[x](y)", "[^1]", ":", ";", ",", ".", "(", ")"),
    *("&amp;", "&lt;", "<br>", "<b>", "4/10", "4%", "20/50", "34,8", "≈", "~", "1.", "１", "－"),
    *("Total", "Zone:", "Raw:", "Score:", "None", "Timeline:"),
    *("\t", "\v", "\u200b", "\u00a0", "\u00ad", "\u202e", "NOT a", "Red (~16-18)"),
    "Assessor override to 22.4/100:",
]


def corpus() -> list[str]:
    """The cases, good and bad, the library, and what other tools made of it."""
    files = [*CONTENT.parent.glob("*.md"), *Path(__file__).with_name("converted").glob("*.md")]
    bad = [changed(old, new) for old, new, _ in REFUSED.values()]
    return [TEXT, *SAME.values(), *bad, *(path.read_text() for path in sorted(files))]


def mutated(text: str, chance: random.Random) -> str:
    """A text with a few changes such as people and tools make."""
    for _ in range(chance.randint(1, 6)):
        lines = text.split("\n")
        at, place = chance.randrange(len(lines)), chance.randrange(len(text) + 1)
        match chance.randrange(9):
            case 0:
                text = text[:place] + chance.choice(PIECES) + text[place:]
            case 1:
                text = text[:place] + text[place + chance.randint(1, 30) :]
            case 2:
                lines.insert(chance.randrange(len(lines)), lines[at])
                text = "\n".join(lines)
            case 3:
                del lines[at]
                text = "\n".join(lines) or "x"
            case 4:
                lines[at] = f"{chance.choice(PIECES)} {lines[at]}"
                text = "\n".join(lines)
            case 5:
                lines[at] = "".join(chance.sample(lines[at], len(lines[at])))
                text = "\n".join(lines)
            case 6:
                digits = [n for n, sign in enumerate(text) if sign.isdigit()] or [0]
                spot = chance.choice(digits)
                text = text[:spot] + chance.choice(["", "9", "0", ",", "/", "%"]) + text[spot + 1 :]
            case 7:
                text = text.replace(chance.choice(PIECES), chance.choice(PIECES), 3) or "x"
            case _:
                other = chance.randrange(len(lines))
                lines[at], lines[other] = lines[other], lines[at]
                text = "\n".join(lines)
    return text


def check(text: str) -> str:
    """What is wrong with the way in which a text is read; empty if nothing is."""
    began = time.process_time()
    parsed = parse(text.encode("utf-8", "replace"))
    report = report_on(parsed)
    if time.process_time() - began > SECONDS:
        return f"took {time.process_time() - began:.1f} s"
    if parsed.document is None:
        return "" if parsed.problems else "is refused without a reason"
    if any(claim.standing not in Reproduction for claim in report.claims):
        return "has a figure that is neither reproduced, different nor unchecked"
    if report.every_figure_reproduces and any(not claim.reproduces for claim in report.claims):
        return "says that all figures reproduce"
    again = parse(render(parsed.document).encode())
    if again.document is None:
        return f"is refused when it is read again: {again.problems[0]}"
    if replace(again.document, claims=()) != replace(parsed.document, claims=()):
        return "is another document when it is read again"
    lost = set(parsed.document.claims) - set(again.document.claims)
    return f"states other figures when it is read again: {lost}" if lost else ""


def run(count: int, seed: int = 1) -> list[str]:
    """The faults that some mutated documents show, with the number of each."""
    chance, texts, faults = random.Random(seed), corpus(), []
    for number in range(count):
        text = mutated(chance.choice(texts), chance)
        try:
            fault = check(text)
        except Exception as error:
            fault = f"raises {error!r}"
        if fault:
            faults.append(f"{number}: {fault}")
            Path(f"/tmp/fuzz-{number}.md").write_text(text)
    return faults


if __name__ == "__main__":
    found = run(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    print("\n".join(found) or "nothing found")
    sys.exit(bool(found))
