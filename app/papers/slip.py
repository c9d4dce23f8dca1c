"""What a printed slip says, in the order in which it is read (spec §2.3)."""

from dataclasses import dataclass

#: A name and what belongs to it.
Line = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Table:
    """Rows of a slip, each as long as `columns`."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, kw_only=True)
class Slip:
    """One sheet. Every text is plain; nothing in it is read as markup."""

    language: str
    #: The agency above, which may be empty, and the unit that issues the slip.
    agencies: tuple[str, str]
    #: "Form 01", or empty for a slip that the law does not number.
    form: str
    title: str
    code: str
    #: Place and day, as letters end.
    dated: str
    #: What the code in the corner leads to.
    address: str
    opening: str
    facts: tuple[Line, ...]
    table: Table | None = None
    #: Said after the table, each in its own paragraph.
    terms: tuple[Line, ...] = ()
    closing: tuple[str, ...] = ()
    #: Who stands below the slip: what he is, and his name.
    signatures: tuple[Line, ...] = ()
    #: Fingerprints by which the slip can be checked against the record.
    proofs: tuple[Line, ...] = ()
    motto: tuple[str, str] = (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
    )
