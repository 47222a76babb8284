"""Arithmetic that people type into a cell, `=1250*1.05`: four operations and parentheses, exact, and nothing else."""

import ast
import re
from collections.abc import Callable, Mapping
from fractions import Fraction

from planner.fields.numbers import MAGNITUDES, parse_amount

LONGEST = 200
DEEPEST = 20

_NUMBER = re.compile(rf"[0-9.,](?:[0-9.,'’\s]*[0-9.,])?(?:[eE][+-]?[0-9]{{1,3}})?(?:\s*[{''.join(MAGNITUDES)}])?")
_SIGNS = str.maketrans({"\N{MINUS SIGN}": "-", "\N{MULTIPLICATION SIGN}": "*", "\N{DIVISION SIGN}": "/"})
_ALLOWED = re.compile(r"[0-9\s()+*/-]*")
_OPERATIONS: Mapping[type[ast.operator], Callable[[Fraction, Fraction], Fraction]] = {
    ast.Add: lambda left, right: left + right,
    ast.Sub: lambda left, right: left - right,
    ast.Mult: lambda left, right: left * right,
    ast.Div: lambda left, right: left / right,
}


def is_formula(text: str) -> bool:
    """Tell whether a text asks to be calculated."""
    return text.lstrip().startswith("=")


def evaluate(text: str, locale: str | None) -> Fraction:
    """Calculate a text like `=(5000-1200)/12`; numbers are in the locale's writing, shortened by k and M or not.

    Raises ValueError with a sentence for what is no such arithmetic, is too long or divides by zero.
    """
    formula = text.strip().removeprefix("=").translate(_SIGNS)
    if len(formula) > LONGEST:
        raise ValueError(f"the formula has {len(formula)} characters; at most {LONGEST} are calculated")
    numbers: list[Fraction] = []

    def numbered(match: re.Match[str]) -> str:
        numbers.append(Fraction(parse_amount(match[0], locale)))
        return f" {len(numbers) - 1} "

    # Each number stands as its place in the list: Python's own numbers know no grouping and no comma.
    sketch = _NUMBER.sub(numbered, formula).strip()
    if not _ALLOWED.fullmatch(sketch) or _depth(sketch) > DEEPEST:
        raise _refusal(text)
    try:
        return _value(ast.parse(sketch, mode="eval").body, numbers)
    except ZeroDivisionError:
        raise ValueError(f"{text.strip()!r} divides by zero") from None
    except (SyntaxError, TypeError):
        raise _refusal(text) from None


def _value(node: ast.expr, numbers: list[Fraction]) -> Fraction:
    match node:
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATIONS:
            return _OPERATIONS[type(op)](_value(left, numbers), _value(right, numbers))
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_value(operand, numbers)
        case ast.UnaryOp(op=ast.UAdd(), operand=operand):
            return _value(operand, numbers)
        case ast.Constant(value=int(place)):
            return numbers[place]
        case _:
            raise TypeError(type(node))


def _depth(sketch: str) -> int:
    depth = deepest = 0
    for sign in sketch:
        depth += (sign == "(") - (sign == ")")
        deepest = max(deepest, depth)
    return deepest


def _refusal(text: str) -> ValueError:
    return ValueError(f"{text.strip()!r} cannot be calculated; use numbers, + - * / and parentheses")
