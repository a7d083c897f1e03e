"""The words of a PDF: bytes on standard input, text on standard output. A process of its own, with bounds."""

from __future__ import annotations

import io
import resource
import sys

SECONDS = 2
BYTES = 768 * 1024 * 1024
PAGES = 40
MOST_WORDS = 50_000


def main() -> int:
    """Write each page as it is read: what was read before a bound ended it still counts."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    import pdfplumber

    written = 0
    with pdfplumber.open(io.BytesIO(sys.stdin.buffer.read())) as document:
        for page in document.pages[:PAGES]:
            words = (page.extract_text() or "")[: MOST_WORDS - written]
            page.close()
            written += len(words)
            sys.stdout.buffer.write(words.encode("utf-8", "replace") + b"\n")
            sys.stdout.buffer.flush()
            if written >= MOST_WORDS:
                break
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Exception:
        sys.exit(1)
