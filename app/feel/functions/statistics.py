"""Built-ins that make one number of many; null unless all of them are numbers."""

from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from functools import reduce

from app.feel import numerics
from app.feel.functions.registry import builtin
from app.feel.run import Run
from app.feel.values import Value

Numbers = list[Decimal]


def _of_numbers(
    name: str, *, empty: Value = None
) -> Callable[[Callable[[Run, Numbers], Value]], None]:
    """Register a body for a list and for loose arguments; `empty` is what an empty list gives."""

    def register(body: Callable[[Run, Numbers], Value]) -> None:
        def checked(run: Run, items: list[Value]) -> Value:
            numbers = [item for item in items if isinstance(item, Decimal)]
            if len(numbers) != len(items):
                return None
            return body(run, numbers) if numbers else empty

        builtin(name, "list: list")(checked)
        builtin(name, "n: number", many=True)(lambda run, *items: checked(run, list(items)))

    return register


def _fold(operation: Callable[[Decimal, Decimal], Decimal | None], numbers: Numbers) -> Value:
    def step(so_far: Decimal | None, number: Decimal) -> Decimal | None:
        return None if so_far is None else operation(so_far, number)

    result: Decimal | None = numbers[0]
    return reduce(step, numbers[1:], result)


@_of_numbers("sum")
def _sum(_run: Run, numbers: Numbers) -> Value:
    return _fold(numerics.add, numbers)


@_of_numbers("product")
def _product(_run: Run, numbers: Numbers) -> Value:
    return _fold(numerics.multiply, numbers)


def _average(numbers: Numbers) -> Decimal | None:
    total = _fold(numerics.add, numbers)
    return numerics.divide(total, Decimal(len(numbers))) if isinstance(total, Decimal) else None


@_of_numbers("mean")
def _mean(_run: Run, numbers: Numbers) -> Value:
    return _average(numbers)


@_of_numbers("median")
def _median(_run: Run, numbers: Numbers) -> Value:
    in_order, half = sorted(numbers), len(numbers) // 2
    return in_order[half] if len(numbers) % 2 else _average(in_order[half - 1 : half + 1])


@_of_numbers("stddev")
def _stddev(run: Run, numbers: Numbers) -> Value:
    mean = _average(numbers)
    if mean is None or len(numbers) < 2:
        return None
    run.charge(len(numbers))
    gaps = [numerics.subtract(number, mean) for number in numbers]
    squares = [numerics.multiply(gap, gap) for gap in gaps if gap is not None]
    known = [square for square in squares if square is not None]
    total = _fold(numerics.add, known) if len(known) == len(numbers) else None
    if not isinstance(total, Decimal):
        return None
    variance = numerics.divide(total, Decimal(len(numbers) - 1))
    return None if variance is None else numerics.DECIMAL128.sqrt(variance)


@_of_numbers("mode", empty=[])
def _mode(_run: Run, numbers: Numbers) -> Value:
    counted = Counter(numbers)
    most = max(counted.values())
    return sorted(number for number, times in counted.items() if times == most)
