"""The pages of an application: one for a short form, one for each part of a long one."""

from dataclasses import dataclass, replace
from functools import cached_property

from app.forms import FormDefinition, Section, sections
from app.foundation.text import gettext
from app.web.form_posts import pattern_of


@dataclass(frozen=True, kw_only=True)
class Place:
    """What one page asks for."""

    #: Counted from one; none where everything is asked on one page.
    number: int | None
    title: str
    #: The questions of the form that are asked here.
    part: FormDefinition
    #: Whether it asks who applies.
    applicant: bool
    #: None for who applies, which belongs to every form.
    section: Section | None = None

    @cached_property
    def is_whole(self) -> bool:
        """Whether there is no other page."""
        return self.number is None

    def asks(self, path: str) -> bool:
        """Whether the answer at that path of the form is given here."""
        return self.is_whole or (self.section is not None and self.section.has(path))

    def takes(self, field: str | None) -> bool:
        """Whether a file that was uploaded for that question belongs here."""
        return self.is_whole or pattern_of(field or "") in self.part.file_keys


def whole(form: FormDefinition) -> Place:
    """Everything on one page."""
    return Place(number=None, title="", part=form, applicant=True)


def places(form: FormDefinition) -> tuple[Place, ...]:
    """The pages of a long form, who applies first; none for a short one."""
    parts = sections(form)
    if not parts:
        return ()
    who = Place(
        number=1,
        title=gettext("About the applicant"),
        part=replace(form, components=()),
        applicant=True,
    )
    rest = (
        Place(number=number, title=one.title, part=one.part, applicant=False, section=one)
        for number, one in enumerate(parts, start=2)
    )
    return (who, *rest)
