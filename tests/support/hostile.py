"""Expressions made to hurt, and a process that runs them all within narrow limits.

`python -m tests.support.hostile` lets itself no more than 32 MB on top of what it needs anyway, and
prints as JSON how many there were and which took longest. A number behind it, say 5, means that
only every fifth of the built-in calls is tried.
"""

import json
import resource
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from itertools import islice, pairwise
from pathlib import Path

from app import feel
from app.feel.functions import REGISTRY
from app.feel.regex.syntax import compile_pattern

NOW = datetime(2024, 9, 2, tzinfo=UTC)
MEGABYTE = 2**20
#: What one expression may take beyond what the process has anyway.
ROOM = 32 * MEGABYTE
#: Seconds of processor time for all of them; they need a fraction of it.
CPU_SECONDS = 120

_LETTERS = "abcdefghijklmnopqrstuv"
_DOUBLING = "{a: [1, 1], " + ", ".join(f"{new}: [{old}, {old}]" for old, new in pairwise(_LETTERS))
_TEXT = '{a: "1234567890", b: a+a+a+a+a+a+a+a+a+a, c: b+b+b+b+b+b+b+b+b+b, d: c+c+c+c+c+c+c+c+c+c'
_TENFOLD = "{a: [5, 3, 1, 4, 2, 9, 7, 8, 6, 0], b: concatenate(a,a,a,a,a,a,a,a,a,a), "
_TENFOLD += "c: concatenate(b,b,b,b,b,b,b,b,b,b), d: concatenate(c,c,c,c,c)"
_FAR = '@"-2024-01-01T10:00:00@Europe/Paris"'

#: Whole expressions that grow, branch, go back or go deep.
_WHOLE = (
    "for a in 1..1000000000 return a",
    "some a in 1..1000, b in 1..1000 satisfies false",
    "every a in 1..1000, b in 1..1000, c in 1..100 satisfies true",
    "for a in 1..99999, b in if (" + "+".join(["1"] * 380) + ") < 0 then [1] else [] return 1",
    "for a in 1..200 return for b in 1..200 return a * b",
    "for i in 1..5000 return [i, partial]",
    'for d in @"0001-01-01"..@"9999-12-31" return d',
    "{f: function(n) if n < 1 then 1 else f(n - 1) + f(n - 1)}.f(15)",
    "{f: function(a) f(a)}.f(1)",
    _DOUBLING + ", z: v = v}.z",
    f"string({_DOUBLING}}})",
    f"flatten({_DOUBLING}}}.v)",
    _TENFOLD + ", s: sort(d)}",
    _TENFOLD + ", s: distinct values(d)}",
    _TENFOLD + ", s: sort(d, function(a, b) a < b)}",
    _TENFOLD + ", s: d[item in d]}",
    "sort(for i in 1..3000 return modulo(i * 7919, 6007))",
    _TEXT + ", e: d+d+d}",
    _TEXT + ", l: for i in 1..3000 return d, s: string(l)}",
    _TEXT + ", l: for i in 1..3000 return d, s: string join(l)}",
    _TEXT + ", l: for i in 1..3000 return d + string(i)}",
    _TEXT + ', l: replace(d, "1", "$0$0$0$0$0$0$0$0$0$0$0$0$0")}',
    _TEXT + ', l: split(d, "1")}',
    _TEXT + ', l: matches(d, "(1*2*3*)*(4|5|.)*x")}',
    f'matches("{"a" * 300}!", "(a+)+$")',
    f'matches("{"a" * 900}!", "^a*a*a*a*a*b")',
    f'matches("{"a" * 1000}", "(a)*b|{"()" * 160}")',
    'for i in 1..9999 return matches("a", "a{0,999}" + string(i))',
    'for i in 1..9999 return matches("a", "((a{0,30}){0,30})" + string(i))',
    'for i in 1..9999 return time("10:00:00@Zone" + string(i))',
    "[" * 900,
    "(" * 380 + "1" + ")" * 380,
    "a in (" + ",".join(["1"] * 380) + ")",
    "{" + ", ".join(f"a{n}: 1" for n in range(240)) + "}",
    "for " + ", ".join(f"a{n} in b" for n in range(240)) + " return 1",
    "a" * 3_900 + "(1)",
    "/*" * 1_900,
)

#: What is done over and over, always with another number `i`.
_TURNS = (
    *("i / 7 / 7 / 7 / 7 / 7", "i ** 0.5", "1.0000001 ** 999999999999999999", "1e6000 * i"),
    *(
        "i in (1, 2, [5..9], > 7)",
        "[i] instance of list<number>",
        "{a: i, b: [i]} = {a: i, b: [i]}",
    ),
    *('@"2024-01-01" + @"P1M"', f'{_FAR} + @"PT1H"', f"{_FAR} < {_FAR}", f"string({_FAR})"),
    '@"2024-01-01T10:00:00@Europe/Paris" - @"2023-01-01T10:00:00@Asia/Tokyo"',
)

#: Arguments tried with every built-in function.
_ARGUMENTS = (
    *("i", '"text"', "[3, 1, 2]", "{a: i}", "[1..i]", '@"2024-01-01"', '@"10:00:00@Europe/Paris"'),
    *('@"P1D"', _FAR, "function(a, b) true", '"P" + string(i) + "D"', '"[1.." + string(i) + "]"'),
)


def attacks(every: int = 1) -> Iterator[str]:
    """Yield the expressions; of the built-in calls only every so manyth."""
    yield from _WHOLE
    for turn in (*_TURNS, *islice(_calls(), 0, None, every)):
        yield f"for i in 1..99999 return {turn}"


def _calls() -> Iterator[str]:
    turned = _ARGUMENTS[1:] + _ARGUMENTS[:1]
    for name, forms in sorted(REGISTRY.items()):
        for one, other in zip(_ARGUMENTS, turned, strict=True):
            for arguments in ((one,), (one, one), (one, other), (other, one, one)):
                if any(form.takes(len(arguments)) for form in forms):
                    yield f"{name}({', '.join(arguments)})"


def seconds_of(expression: str) -> float:
    """Read and evaluate an expression and return the processor seconds it took."""
    began = time.process_time()
    with suppress(feel.FeelError):  # that it is stopped is what should happen
        feel.compile(expression).evaluate({}, NOW)
    return time.process_time() - began


def limit_yourself() -> None:
    """Leave this process only so much more memory, and so much processor time."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    most = pages * resource.getpagesize() + ROOM
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))


def slowest_of(expressions: list[str]) -> dict[str, object]:
    """Run all; the slowest run again, because the machine has other work to do too."""
    first = sorted(((seconds_of(text), text) for text in expressions), reverse=True)[:30]
    again = [(min(took, *(_afresh(text) for _ in range(3))), text) for took, text in first]
    told = [{"ms": round(took * 1000, 1), "expression": text[:90]} for took, text in sorted(again)]
    return {"expressions": len(expressions), "slowest": told[:-6:-1]}


def _afresh(expression: str) -> float:
    """Measure with nothing remembered but the parser."""
    compile_pattern.cache_clear()
    feel.compile.cache_clear()
    return seconds_of(expression)


def main() -> int:
    """Run all; a process that needs more than it may have ends with an error."""
    seconds_of("1 + 1")
    limit_yourself()
    every = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    sys.stdout.write(json.dumps(slowest_of(list(attacks(every)))) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
