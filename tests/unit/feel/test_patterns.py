"""Regular expressions of XPath, without any way to hang."""

import pytest

from app import feel
from app.feel.regex import PatternError, compile_pattern


@pytest.mark.parametrize(
    ("text", "pattern", "flags", "fits"),
    [
        ("abc", "a.c", "", True),
        ("a\nc", "a.c", "", False),
        ("a\nc", "a.c", "s", True),
        ("x\nabc", "^abc$", "", False),
        ("x\nabc", "^abc$", "m", True),
        ("ABC", "b", "i", True),
        ("a b", "a b", "x", False),
        ("a.b", "a.b", "q", True),
        ("axb", "a.b", "q", False),
        ("abab", "^(ab){2}$", "", True),
        ("ab", "^(ab){2,}$", "", False),
        ("ababab", "^(?:ab){1,2}$", "", False),
        ("", "^(a|b*)*$", "", True),
        ("aab", "^a+?b$", "", True),
        ("ac", "^ab??c$", "", True),
        ("xyxy", "^(xy)\\1$", "", True),
        ("xyXY", "^(xy)\\1$", "i", True),
        ("xyz", "(xy)\\1", "", False),
        ("á", "\\p{Ll}", "", True),
        ("á", "\\P{L}", "", False),
        ("ố", "\\p{IsLatinExtendedAdditional}", "", True),
        ("_-", "^\\i\\c$", "", True),
        ("7 ", "^\\d\\s$", "", True),
        ("a!", "^\\w\\W$", "", True),
        ("b", "[a-z-[aeiou]]", "", True),
        ("e", "[a-z-[aeiou]]", "", False),
        ("-", "[a-]", "", True),
        ("]", "[\\]]", "", True),
        ("\t", "[\\t\\d]", "", True),
        ("5", "[\\t\\d]", "", True),
        ("b", "[\\--\\]]", "", False),
        ("\n", "\\n", "", True),
        ("a", "[^a]", "", False),
        ("a[b", "a [\\[] b", "x", True),
    ],
)
def test_a_pattern_fits_or_not(text: str, pattern: str, flags: str, fits: bool) -> None:
    context = {"text": text, "pattern": pattern, "flags": flags}
    assert feel.evaluate("matches(text, pattern, flags)", context) is fits


@pytest.mark.parametrize(
    "pattern",
    [
        *("(", ")", "a)", "[", "[]", "[b-a]", "[a", "[a[b]]", "*", "a{2,1}", "a{", "{", "\\"),
        *("\\y", "\\1", "(a)[\\1]", "\\p", "\\p{Xx}", "\\p{", "[a-\\y]", "[a-z-[b]c]"),
        *("(a{999}){999}", "a" * 501, "(" * 30 + ")" * 30, "[a-" * 30 + "]" * 30),
        "(ab{999})(cd{999})(ef{999})x",
    ],
)
def test_a_wrong_pattern_is_refused(pattern: str) -> None:
    with pytest.raises(PatternError):
        compile_pattern(pattern)
    assert feel.evaluate('matches("a", p)', {"p": pattern}) is None
    assert feel.evaluate('split("a", p)', {"p": pattern}) is None


@pytest.mark.parametrize(
    ("text", "pattern", "replacement", "flags", "result"),
    [
        ("darted", "^(.*?)d(.*)$", "$1c$2", "", "carted"),
        ("a.b", ".", "-", "q", "a-b"),
        ("ab", "(a)|(b)", "[$2]", "", "[][b]"),
        ("ab", "a", "\\$\\\\", "", "$\\b"),
        ("ab", "a", "$9", "", "b"),
        ("ab", "a", "$", "", None),
        ("ab", "a", "$", "q", "$b"),
        ("ab", "x*", "-", "", None),
        ("ab", "a", "-", "k", None),
        ("a", "b", "-", None, "a"),
    ],
)
def test_what_fits_is_replaced(
    text: str, pattern: str, replacement: str, flags: str | None, result: str | None
) -> None:
    context = {"t": text, "p": pattern, "r": replacement, "f": flags}
    assert feel.evaluate("replace(t, p, r, f)", context) == result


@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|a)*$", "(a*)*b", "^a*a*a*a*a*b"])
def test_a_pattern_that_would_run_for_hours_is_stopped(pattern: str) -> None:
    with pytest.raises(feel.FeelError, match="too many steps"):
        feel.evaluate("matches(t, p)", {"t": "a" * 300 + "!", "p": pattern})
