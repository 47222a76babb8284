"""The same plan without a window: the commands of the command line."""

from planner.cli.explain import explain
from planner.cli.figures import cover
from planner.cli.files import export_table, import_file
from planner.cli.findings import findings
from planner.cli.group import cli
from planner.cli.plans import check, history, new, redo, tables, undo
from planner.cli.prices import price

__all__ = ["cli"]

for command in (new, tables, import_file, export_table, cover, explain, price, history, undo, redo, check, findings):
    cli.add_command(command)
