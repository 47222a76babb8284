"""The verbs: small frozen values, each of which becomes one edit."""

from planner.commands.command import Command
from planner.commands.contracts import DuplicateContract
from planner.commands.deliveries import DeliveryCell, PhaseLine, SetDeliveries, SetDeliveryStatus
from planner.commands.records import Cell, CreateRecords, DeleteRecords, PutRecords, SetCells

__all__ = [
    "Cell",
    "Command",
    "CreateRecords",
    "DeleteRecords",
    "DeliveryCell",
    "DuplicateContract",
    "PhaseLine",
    "PutRecords",
    "SetCells",
    "SetDeliveries",
    "SetDeliveryStatus",
]
