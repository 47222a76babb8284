"""The same plan without a window: the commands of the command line."""

from planner.cli.carbon import carbon, recycled, targets
from planner.cli.cost import cost
from planner.cli.explain import explain
from planner.cli.export import calloff, export_table
from planner.cli.figures import cover
from planner.cli.files import import_file
from planner.cli.findings import findings
from planner.cli.group import cli
from planner.cli.inspect import inspect_file
from planner.cli.plans import check, history, new, redo, tables, undo
from planner.cli.prices import price
from planner.cli.profiles import profiles
from planner.cli.sourcing import concentration_table, trace_lots
from planner.cli.supported import supported

__all__ = ["cli"]

for command in (
    new,
    tables,
    inspect_file,
    import_file,
    profiles,
    export_table,
    calloff,
    cover,
    supported,
    explain,
    price,
    cost,
    carbon,
    recycled,
    targets,
    history,
    undo,
    redo,
    check,
    findings,
    concentration_table,
    trace_lots,
):
    cli.add_command(command)
