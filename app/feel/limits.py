"""How big an expression and its results may grow; none may hold up a worker for long."""

#: Longest expression, in characters; the longest condition seen in real diagrams has 300.
MAX_SOURCE = 2_000

#: How deep constructs may stand inside each other.
MAX_DEPTH = 60

#: How deep functions written in an expression may call each other.
MAX_CALLS = 20

#: Work one evaluation may do, in steps of about one microsecond each.
MAX_STEPS = 30_000

#: Longest text an expression may build, in characters.
MAX_TEXT = 20_000

#: Characters of text that cost as much as one step.
TEXT_PER_STEP = 64

#: Steps of a power with a fraction as exponent, of a logarithm and the like.
STEPS_OF_POWER = 120

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
