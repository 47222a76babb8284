"""The verbs: small frozen values, each of which becomes one edit."""

from planner.commands.command import Command
from planner.commands.contracts import CloseContract, Closing, DraftContract, DuplicateContract, closing_of
from planner.commands.deliveries import DeliveryCell, SetDeliveries, SetDeliveryStatus
from planner.commands.fixes import FIXES, ExerciseOption, Fix, fix_of
from planner.commands.mutes import MuteFinding, UnmuteFinding
from planner.commands.records import Cell, CreateRecords, DeleteRecords, PutRecords, SetCells
from planner.commands.spread import DemandTotal, PhaseLine, ScaleDemand, SpreadYears, YearTotal
from planner.commands.terms import SetForecast, SetTerm
from planner.commands.together import Together
from planner.commands.volumes import AgreeVolumes, CallOption, LineVolumes

__all__ = [
    "FIXES",
    "AgreeVolumes",
    "CallOption",
    "Cell",
    "CloseContract",
    "Closing",
    "Command",
    "CreateRecords",
    "DeleteRecords",
    "DeliveryCell",
    "DemandTotal",
    "DraftContract",
    "DuplicateContract",
    "ExerciseOption",
    "Fix",
    "LineVolumes",
    "MuteFinding",
    "PhaseLine",
    "PutRecords",
    "ScaleDemand",
    "SetCells",
    "SetDeliveries",
    "SetDeliveryStatus",
    "SetForecast",
    "SetTerm",
    "SpreadYears",
    "Together",
    "UnmuteFinding",
    "YearTotal",
    "closing_of",
    "fix_of",
]
