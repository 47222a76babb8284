"""Whatever is done to a plan can be taken back and brought back, and its cube follows."""

from dataclasses import fields

import numpy as np
from hypothesis import settings
from hypothesis.stateful import invariant, run_state_machine_as_test

from planner.analysis import Cube, Inputs, Period, Stages, Subject
from planner.store.figures import rebuilt
from tests.planner.store.machine import PlanMachine


class Reversing(PlanMachine):
    """At the end everything is taken back to the empty plan, and brought back, twice."""

    def teardown(self) -> None:
        """Go to the beginning and to the end, then again after opening anew."""
        self.to_the_beginning_and_back()
        self.reopen()
        self.to_the_beginning_and_back()
        super().teardown()

    def to_the_beginning_and_back(self) -> None:
        """Undo all, redo all; the tables are compared at each step."""
        while self.undone:
            self.redo()
        held = len(self.expected)
        while len(self.expected) > 1:
            self.undo(1)
        assert self.plan.undo() is None
        while len(self.expected) < held:
            self.redo()
        assert self.plan.redo() is None


class Following(PlanMachine):
    """At each step the cube equals one that is read anew."""

    @invariant()
    def cube_follows(self) -> None:
        """Compare the inputs and the tables of all elements."""
        assert_equal(self.plan.cube, rebuilt(self.disk))


def assert_equal(cube: Cube, fresh: Cube) -> None:
    """Compare two cubes: inputs exactly, and what they answer."""
    for field in fields(Inputs):
        left, right = getattr(cube.inputs, field.name), getattr(fresh.inputs, field.name)
        if isinstance(left, np.ndarray):
            np.testing.assert_array_equal(left, right, field.name)
        else:
            assert left == right, field.name
    for stages in Stages:
        assert cube.supported(by=Period.YEAR, stages=stages) == fresh.supported(by=Period.YEAR, stages=stages)
        for element in fresh.inputs.elements:
            subject = Subject("element", element)
            kept, anew = (each.cover(subject, by=Period.YEAR, stages=stages) for each in (cube, fresh))
            assert kept == anew


def test_any_edits_can_be_taken_back_and_brought_back() -> None:
    run_state_machine_as_test(Reversing, settings=settings(max_examples=30, stateful_step_count=25))


def test_the_cube_follows_any_edits() -> None:
    run_state_machine_as_test(Following, settings=settings(max_examples=30, stateful_step_count=20))
