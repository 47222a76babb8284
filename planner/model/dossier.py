"""What stands in a contract's file beside its lines: changes of stage, milestones, buyers' shares, attachments."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar, Final

from planner.fields import declare
from planner.fields.kinds import DateKind, Reference, Text
from planner.fields.quantities import Percent
from planner.model.contracts import CONTRACT, NOTE, STAGE
from planner.model.record import Record

# The steps from a memorandum over a plant still to be built to the first tonne.
MILESTONES: Final = ("Engineering study", "Investment decision", "Construction", "Qualification", "First delivery")
LINK: Final = Text(500)


@dataclass(frozen=True, slots=True, kw_only=True)
class StageChange(Record):
    """The day on which a contract came to a stage; the store adds one with each edit of the stage."""

    table: ClassVar[str] = "stage_changes"

    contract: Annotated[str, CONTRACT]
    day: Annotated[date, declare("day", "Day", DateKind(), "From this day on.", also=("date", "depuis"), key=True)]
    stage: Annotated[str, declare("stage", "Stage", STAGE, "The stage it came to.", also=("étape", "statut"))]
    previous: Annotated[
        str, declare("previous", "Before", STAGE, "The stage it was in before; empty for the first.", also=("avant",))
    ] = ""
    note: Annotated[str, NOTE] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone(Record):
    """A dated step on the way to deliveries."""

    table: ClassVar[str] = "milestones"

    contract: Annotated[str, CONTRACT]
    name: Annotated[
        str,
        declare(
            "name",
            "Milestone",
            Text(200, offers=MILESTONES),
            "What must be reached.",
            also=("jalon", "nom"),
            key=True,
        ),
    ]
    due: Annotated[
        date | None, declare("due", "Due", DateKind(), "When it should be, by the contract.", also=("échéance",))
    ] = None
    forecast: Annotated[
        date | None,
        declare("forecast", "Forecast", DateKind(), "When it is now expected.", also=("prévision", "prévu")),
    ] = None
    done: Annotated[date | None, declare("done", "Done", DateKind(), "When it was.", also=("fait", "réalisé"))] = None
    note: Annotated[str, NOTE] = ""

    @property
    def expected(self) -> date | None:
        """The day to count with: when it was, else when it is expected, else when it should be."""
        return self.done or self.forecast or self.due


@dataclass(frozen=True, slots=True, kw_only=True)
class BuyerShare(Record):
    """The share of a contract's volume that one buyer of an alliance takes; the shares of a contract make 100 %."""

    table: ClassVar[str] = "buyer_shares"

    contract: Annotated[str, CONTRACT]
    buyer: Annotated[
        str,
        declare(
            "buyer", "Buyer", Reference(table="organisations"), "Who takes it.", also=("acheteur", "entité"), key=True
        ),
    ]
    share_ppm: Annotated[
        int, declare("share_pct", "Share", Percent(), "Its share of the contract's volume.", also=("part",))
    ]
    note: Annotated[str, NOTE] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment(Record):
    """A document that belongs to a contract, by where it lies; the plan holds the link, not the file."""

    table: ClassVar[str] = "attachments"

    contract: Annotated[str, CONTRACT]
    name: Annotated[
        str, declare("name", "Attachment", Text(200), "What it is.", also=("pièce jointe", "nom"), key=True)
    ]
    link: Annotated[str, declare("link", "Link", LINK, "Its address on the web or its path.", also=("lien", "url"))]
    note: Annotated[str, NOTE] = ""
