"""Built-ins with regular expressions; a wrong pattern gives null."""

import re

from app.feel import limits, regex
from app.feel.functions.registry import builtin
from app.feel.run import Run
from app.feel.values import Value

#: Steps of putting a piece of text together.
_STEPS_OF_PIECE = 4

_REFERENCE = re.compile(r"\\([\\$])|\$(\d)|([\\$])", re.ASCII)


def _program(run: Run, pattern: str, flags: str | None) -> regex.Program | None:
    """Return the compiled pattern; None if it is wrong, or fits where there is nothing."""
    # What other evaluations left behind is paid for as well: the limit is always the same.
    price = limits.STEPS_OF_PATTERN if run.first_time(f"{flags} {pattern}") else 0
    run.charge(len(pattern) * price)
    try:
        program = regex.compile_pattern(pattern, flags or "")
    except regex.PatternError:
        return None
    run.charge(len(program.code) * price)
    return program


def _never_empty(run: Run, program: regex.Program | None) -> regex.Program | None:
    return program if program and regex.first(run, program, "") is None else None


@builtin("matches", "input: string", "pattern: string", "flags: string|null?")
def _matches(run: Run, text: str, pattern: str, flags: str | None = None) -> Value:
    program = _program(run, pattern, flags)
    return None if program is None else regex.first(run, program, text) is not None


@builtin(
    "replace", "input: string", "pattern: string", "replacement: string", "flags: string|null?"
)
def _replace(
    run: Run, text: str, pattern: str, replacement: str, flags: str | None = None
) -> Value:
    program = _never_empty(run, _program(run, pattern, flags))
    wrong = any(found[3] for found in _REFERENCE.finditer(replacement))
    if program is None or (wrong and "q" not in (flags or "")):
        return None
    pieces, place = [], 0
    for found in regex.find_all(run, program, text):
        run.charge(len(found.groups) * _STEPS_OF_PIECE)
        put = replacement if "q" in (flags or "") else _filled(replacement, found)
        pieces += [text[place : found.start], run.text(put)]
        place = found.end
    return run.text("".join(pieces) + text[place:])


def _filled(replacement: str, found: regex.Found) -> str:
    def fill(reference: re.Match[str]) -> str:
        if reference[1]:
            return reference[1]
        number = int(reference[2])
        return found.groups[number] if number < len(found.groups) else ""

    return _REFERENCE.sub(fill, replacement)


@builtin("split", "string: string", "delimiter: string")
def _split(run: Run, text: str, delimiter: str) -> Value:
    program = _never_empty(run, _program(run, delimiter, None))
    if program is None:
        return None
    pieces: list[Value] = []
    place = 0
    for found in regex.find_all(run, program, text):
        run.charge(_STEPS_OF_PIECE)
        pieces.append(text[place : found.start])
        place = found.end
    return [*pieces, text[place:]]
