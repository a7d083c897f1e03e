"""A document as HTML, for the screen and for mail, and as plain text, for those who listen to it."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from putright.record.letters.documents import (
    Aside,
    Block,
    Document,
    Heading,
    Items,
    Paragraph,
    Table,
    shown,
)

PIECE = "\n\n"


def html(document: Document, level: int = 2) -> SafeString:
    """The letter as HTML without a style of its own. `level` is that of its title, whatever page it stands on."""
    reference = f"Reference: {document.reference}" if document.reference else ""
    parts = [
        _lines(document.from_lines, first="strong"),
        _lines(document.to_lines),
        _lines((document.day_in_words, reference)),
        format_html("<h{0}>{1}</h{0}>", level, _words(document.title)),
        format_html("<p>{}</p>", _words(document.greeting)) if document.greeting else "",
        *(_block(block, level) for block in document.blocks),
        _lines(document.ending),
    ]
    whole = mark_safe("\n".join(part for part in parts if part))
    return format_html('<article lang="{}" dir="auto">\n{}\n</article>', document.language, whole)


def _block(block: Block, level: int) -> SafeString:
    match block:
        case Heading():
            return format_html("<h{0}>{1}</h{0}>", min(level + block.level, 6), _words(block.text))
        case Paragraph():
            return format_html("<p>{}</p>", _words(block.text))
        case Items():
            items = format_html_join("", "<li>{}</li>", ((_words(each),) for each in block.items))
            return format_html("<{0}>{1}</{0}>", "ol" if block.numbered else "ul", items)
        case Table():
            return _table(block)
        case Aside():
            return format_html("<aside>{}</aside>", _lines((block.title, *block.lines), first="strong"))


def _table(block: Table) -> SafeString:
    caption = format_html("<caption>{}</caption>", _words(block.caption)) if block.caption else ""
    head = format_html_join("", '<th scope="col">{}</th>', ((_words(each),) for each in block.head))
    rows = format_html_join(
        "",
        '<tr><th scope="row">{}</th>{}</tr>',
        (
            (_words(row[0]), format_html_join("", "<td>{}</td>", ((_words(each),) for each in row[1:])))
            for row in block.rows
        ),
    )
    return format_html("<table>{}<thead><tr>{}</tr></thead><tbody>{}</tbody></table>", caption, head, rows)


def _lines(lines: tuple[str, ...], first: str = "") -> SafeString | str:
    shown_lines = [_words(line) for line in lines]
    while shown_lines and not shown_lines[-1]:
        shown_lines.pop()
    if not shown_lines:
        return ""
    if first:
        shown_lines[0] = format_html("<{0}>{1}</{0}>", first, shown_lines[0])
    return format_html(
        "<p>{}</p>", format_html_join(mark_safe("<br>"), "{}", ((each,) for each in shown_lines))
    )


def escaped(text: str) -> SafeString:
    """Words for HTML, on one line."""
    return escape(shown(text).replace("\n", " "))


def _words(text: str) -> SafeString:
    return mark_safe(escape(shown(text)).replace("\n", "<br>"))


def plain_text(document: Document) -> str:
    """The letter as plain text: a piece a block, a blank line between, no table and no mark but a dash."""
    reference = f"Reference: {document.reference}" if document.reference else ""
    pieces = [
        "\n".join(document.from_lines),
        "\n".join(each for each in (document.day_in_words, reference) if each),
        document.title,
        document.greeting,
        *(_plain(block) for block in document.blocks),
        "\n".join(each for each in document.ending if each),
    ]
    return shown(PIECE.join(piece for piece in pieces if piece)) + "\n"


def _plain(block: Block) -> str:
    match block:
        case Heading() | Paragraph():
            return block.text
        case Items():
            marks = (f"{number}. " if block.numbered else "- " for number in range(1, len(block.items) + 1))
            return "\n".join(f"{mark}{each}" for mark, each in zip(marks, block.items, strict=True))
        case Table():
            return PIECE.join(_rows(block))
        case Aside():
            return "\n".join((block.title, *block.lines))


def _rows(block: Table) -> Iterator[str]:
    if block.caption:
        yield block.caption
    for row in block.rows:
        yield "\n".join(f"{name}: {cell}" for name, cell in zip(block.head, row, strict=True))
