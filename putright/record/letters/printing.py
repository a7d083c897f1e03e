"""Several letters as one PDF, to be printed at once: each as it was kept, each beginning on a new sheet."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO

import pikepdf

A4 = (595.276, 841.89)


def together(letters: Iterable[bytes]) -> bytes:
    """One PDF of these PDFs, in order. Each has an even number of pages, so that none shares a sheet.

    A letter whose file is no PDF raises pikepdf.PdfError.
    """
    whole = pikepdf.new()
    for each in letters:
        with pikepdf.open(BytesIO(each)) as letter:
            whole.pages.extend(letter.pages)
            if len(letter.pages) % 2:
                whole.add_blank_page(page_size=A4)
    made = BytesIO()
    whole.save(made)
    return made.getvalue()
