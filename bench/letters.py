"""How fast letters become PDFs: `python bench/letters.py`.

Makes one-page answers with varied wording, tagged and to PDF/UA, on one core, and beside them in the same run the
same letters from their HTML by a plain WeasyPrint loop. Then 10,000 letters one after another in one process, for
its memory. Promises, and the exit code is 1 if one is broken:

  100 letters or more for each second of one core;
  5 times the WeasyPrint loop or more;
  150 MB or less after 10,000 letters.

WeasyPrint is for this comparison only. It needs pango from the system, and an environment of its own:

  python3 -m venv .venv-weasyprint && .venv-weasyprint/bin/pip install weasyprint==70.0

Without it the comparison is left out, and the run says so.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "support"))

import letters_told

from complaint_rules.letters import PointAnswer
from putright.record.letters import compose, templates, web
from putright.record.letters.documents import Document
from putright.record.letters.pdf import pdf

ROOT = Path(__file__).resolve().parent.parent
LEAST_A_SECOND = 100
LEAST_TIMES_WEASYPRINT = 5
MOST_MEGABYTES = 150
WORDS = (
    "the damp in your back bedroom was first told to us in june and nobody came for nineteen days because our "
    "contractor had no key we should have rung you that week we did not and you had no heating for eleven nights"
).split()

_LOOP = """
import sys, time
from weasyprint import HTML
pages = sys.stdin.read().split("\\f")
HTML(string=pages[0]).write_pdf(pdf_tags=True)
began = time.process_time()
for page in pages:
    HTML(string=page).write_pdf(pdf_tags=True)
print(len(pages) / (time.process_time() - began))
"""


def letter(chance: random.Random) -> Document:
    """A stage 1 answer of one page, of which no two say the same."""
    template = templates.find(templates.own_wording(), "response", 1, "2024")
    assert template is not None
    draft = letters_told.draft("response", 1, "2024")
    said = [" ".join(chance.choices(WORDS, k=25)).capitalize() + "." for _ in range(2)]
    answers = (PointAnswer(1, "upheld", said[0]), PointAnswer(2, "not_upheld", said[1]))
    draft = replace(draft, answers=answers, outcomes=(), compensation=(), actions=())
    told = letters_told.told(draft, to_name=f"Resident {chance.randrange(10**6)}")
    return compose.compose(template, told)


def a_second_of_a_core(documents: list[Document]) -> float:
    for each in documents[:20]:
        pdf(each)
    began = time.process_time()
    for each in documents[20:]:
        pdf(each)
    return len(documents[20:]) / (time.process_time() - began)


def by_weasyprint(documents: list[Document], python: Path) -> float | None:
    if not python.exists():
        return None
    pages = "\f".join(f"<html lang=en><title>{each.title}</title>{web.html(each)}" for each in documents)
    ran = subprocess.run(
        [python, "-c", _LOOP], input=pages, capture_output=True, text=True, check=True, timeout=600
    )
    return float(ran.stdout)


def megabytes_after(how_many: int) -> float:
    """The memory of a process of its own that has made so many letters."""
    ran = subprocess.run(
        [sys.executable, __file__, "--only-memory", str(how_many)],
        capture_output=True,
        text=True,
        check=True,
        timeout=1200,
    )
    return float(ran.stdout)


def resident_megabytes() -> float:
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("This system does not tell how much memory a process has.")


def kept(says: str, value: float, holds: bool) -> bool:
    print(f"{says:<58} {value:8.1f}   {'kept' if holds else 'BROKEN'}")
    return holds


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--letters", type=int, default=500)
    options.add_argument("--in-a-row", type=int, default=10_000)
    options.add_argument("--weasyprint", type=Path, default=ROOT / ".venv-weasyprint" / "bin" / "python")
    options.add_argument("--only-memory", type=int, help=argparse.SUPPRESS)
    asked = options.parse_args()
    chance = random.Random(17)
    if asked.only_memory:
        for _ in range(asked.only_memory):
            pdf(letter(chance))
        print(resident_megabytes())
        return 0
    documents = [letter(chance) for _ in range(asked.letters)]
    rate = a_second_of_a_core(documents)
    promises = [kept("letters a second of one core", rate, rate >= LEAST_A_SECOND)]
    beside = by_weasyprint(documents[:50], asked.weasyprint)
    if beside is None:
        print("WeasyPrint is not there, so nothing is compared: see python bench/letters.py --help")
    else:
        print(f"{'WeasyPrint, letters a second of one core':<58} {beside:8.1f}")
        times = rate / beside
        promises.append(kept("times the WeasyPrint loop", times, times >= LEAST_TIMES_WEASYPRINT))
    memory = megabytes_after(asked.in_a_row)
    says = f"megabytes after {asked.in_a_row:,} letters in one process"
    promises.append(kept(says, memory, memory <= MOST_MEGABYTES))
    return 0 if all(promises) else 1


if __name__ == "__main__":
    sys.exit(main())
