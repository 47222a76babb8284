"""What a target asks for between its points."""

from hypothesis import given
from hypothesis import strategies as st

from planner.analysis.aims.paths import TargetPath, path_of
from planner.model import Target
from planner.units import Month

CARBON = TargetPath(((Month.of(2020, 1), 100.0), (Month.of(2025, 1), 80.0), (Month.of(2030, 1), 65.0)))
months = st.integers(Month.of(2010, 1), Month.of(2050, 1)).map(Month)
points = st.dictionaries(months, st.floats(0, 1_000), max_size=5).map(
    lambda found: TargetPath(tuple(sorted(found.items())))
)


def test_carbon_runs_straight_from_point_to_point() -> None:
    asked = [CARBON.straight(Month.of(year, 1)) for year in (2019, 2020, 2022, 2025, 2027, 2030, 2040)]
    assert asked == [None, 100.0, 92.0, 80.0, 74.0, 65.0, 65.0]
    assert CARBON.straight(Month.of(2027, 7)) == 72.5


def test_any_other_value_holds_until_the_next() -> None:
    asked = [CARBON.held(month) for month in (Month.of(2019, 12), Month.of(2024, 12), Month.of(2025, 1))]
    assert asked == [None, 100.0, 80.0]


def test_a_path_is_of_one_measure_and_scope_in_order() -> None:
    targets = [
        Target(measure="recycled", scope="Co", month=Month.of(2036, 8), value_e4=260_000),
        Target(measure="recycled", scope="Ni", month=Month.of(2031, 8), value_e4=60_000),
        Target(measure="cover", scope="Co", month=Month.of(2031, 8), value_e4=1_000_000),
        Target(measure="recycled", scope="Co", month=Month.of(2031, 8), value_e4=160_000),
    ]
    assert path_of(targets, "recycled", "Co").points == ((Month.of(2031, 8), 16.0), (Month.of(2036, 8), 26.0))
    assert path_of(targets, "recycled", "Li").points == ()


@given(points, months)
def test_both_agree_at_and_after_the_points_and_the_line_stays_between_them(path: TargetPath, month: Month) -> None:
    for at, value in path.points:
        assert path.straight(at) == path.held(at) == value
    asked = path.straight(month)
    before = [value for at, value in path.points if at <= month]
    after = [value for at, value in path.points if at > month]
    if not before:
        assert asked is None
    else:
        assert asked is not None
        ends = (before[-1], after[0] if after else before[-1])
        assert min(ends) - 1e-9 <= asked <= max(ends) + 1e-9
