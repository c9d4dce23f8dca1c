"""A plain document: a blank form to be filled in by hand, or a guide to be read."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Blank:
    """One question of a form on paper."""

    label: str
    #: Dotted lines to write on; none where something is chosen.
    lines: int = 0
    #: Boxes to tick.
    options: tuple[str, ...] = ()
    #: Headings of a table to fill in.
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Section:
    """Words under a heading, which may be empty, then questions."""

    heading: str = ""
    paragraphs: tuple[str, ...] = ()
    #: Numbered, as steps are.
    steps: tuple[str, ...] = ()
    blanks: tuple[Blank, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Document:
    """What is printed. Every text is plain; nothing in it is read as markup."""

    language: str
    title: str
    #: Under the title.
    subtitle: str = ""
    #: The two lines above what is sent to an authority; empty for a guide.
    motto: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    #: Who signs at the end, or nobody.
    signature: tuple[str, ...] = ()
