"""How big an expression and its results may grow.

Together they keep every expression below 50 ms and 32 MB, to read as well as to evaluate;
`python -m tools.bench feel` measures that with expressions made to hurt.
"""

#: Longest expression, in characters; the longest condition seen in real diagrams has 300.
MAX_SOURCE = 4_000

#: Most words, numbers, texts and signs in an expression; each takes the parser about 20 µs.
MAX_PIECES = 800

#: How deep constructs may stand inside each other.
MAX_DEPTH = 60

#: How deep functions written in an expression may call each other.
MAX_CALLS = 20

#: Work one evaluation may do, in steps of about one microsecond each.
MAX_STEPS = 20_000

#: Longest text an expression may build, in characters.
MAX_TEXT = 20_000

#: Characters of text that cost as much as one step.
TEXT_PER_STEP = 64

#: Steps of a power with a fraction as exponent, of a logarithm and the like.
STEPS_OF_POWER = 150

#: Steps of reckoning with days, whose zones have to be asked.
STEPS_OF_DAY = 4

#: Steps of finding a time zone by its name, which may mean looking for a file.
STEPS_OF_ZONE = 150

#: Steps of reading one character of a pattern, and of one instruction made of it.
STEPS_OF_PATTERN = 2

#: Texts remembered by a pattern that make one step as dear as two.
GROUPS_PER_STEP = 16

#: Steps of a call, beside those of its arguments.
STEPS_OF_CALL = 8

#: Most working hours that can be added at once, about four years of them.
MAX_WORKING_HOURS = 8_000

#: Most working days that can be added at once.
MAX_WORKING_DAYS = 1_000

#: Steps of a calendar for each hour it adds (with the days off between them).
STEPS_OF_WORKING_HOUR = 2

#: Steps of a calendar for each day it looks at.
STEPS_OF_WORKING_DAY = 8
