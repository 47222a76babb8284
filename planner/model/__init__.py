"""The nouns of a plan: records that cannot exist when they are wrong, and the table of their tables."""

from collections.abc import Mapping
from types import MappingProxyType

from planner.errors import PlannerError
from planner.model.contracts import Contract, Delivery, Line, Volume
from planner.model.demand import Demand, MixShare, Programme
from planner.model.dossier import Attachment, BuyerShare, Milestone, StageChange
from planner.model.lots import Intake, Lot, Return
from planner.model.materials import Chemistry, ElementIntensity, Material
from planner.model.prices import ExchangeRate, IndexPrice, PriceIndex, PriceTerm
from planner.model.record import Record
from planner.model.stock import SafetyStock, StockCount
from planner.model.suppliers import Evidence, Organisation, Plant, PlantCapacity, SupplierCarbon
from planner.model.table import Table
from planner.model.targets import Budget, Mute, Target

__all__ = [
    "TABLES",
    "Attachment",
    "Budget",
    "BuyerShare",
    "Chemistry",
    "Contract",
    "Delivery",
    "Demand",
    "ElementIntensity",
    "Evidence",
    "ExchangeRate",
    "IndexPrice",
    "Intake",
    "Line",
    "Lot",
    "Material",
    "Milestone",
    "MixShare",
    "Mute",
    "Organisation",
    "Plant",
    "PlantCapacity",
    "PriceIndex",
    "PriceTerm",
    "Programme",
    "Record",
    "Return",
    "SafetyStock",
    "StageChange",
    "StockCount",
    "SupplierCarbon",
    "Table",
    "Target",
    "Volume",
    "table_named",
]

# A table stands after those that it refers to.
_ORDERED = (
    Table(Material, "Materials", "material"),
    Table(Chemistry, "Chemistries", "chemistry"),
    Table(ElementIntensity, "Intensities", "intensity"),
    Table(Organisation, "Organisations", "organisation"),
    Table(Plant, "Plants", "plant"),
    Table(PlantCapacity, "Plant capacity", "capacity"),
    Table(SupplierCarbon, "Supplier carbon", "carbon factor"),
    Table(Evidence, "Evidence", "piece of evidence"),
    Table(Contract, "Contracts", "contract"),
    Table(Line, "Lines", "line"),
    Table(Volume, "Agreed volumes", "agreed volume"),
    Table(Delivery, "Deliveries", "delivery"),
    Table(StageChange, "Stages", "change of stage"),
    Table(Milestone, "Milestones", "milestone"),
    Table(BuyerShare, "Buyers' shares", "buyer's share"),
    Table(Attachment, "Attachments", "attachment"),
    Table(PriceIndex, "Indices", "index"),
    Table(IndexPrice, "Index prices", "index price"),
    Table(ExchangeRate, "Exchange rates", "exchange rate"),
    Table(PriceTerm, "Price terms", "price term"),
    Table(Programme, "Programmes", "programme"),
    Table(MixShare, "Chemistry mix", "mix share"),
    Table(Demand, "Demand", "demand"),
    Table(Lot, "Lots", "lot"),
    Table(Intake, "Intakes", "intake"),
    Table(Return, "Returns", "return"),
    Table(StockCount, "Stock", "stock count"),
    Table(SafetyStock, "Safety stock", "safety stock"),
    Table(Target, "Targets", "target"),
    Table(Budget, "Budgets", "budget"),
    Table(Mute, "Muted findings", "muted finding"),
)

TABLES: Mapping[str, Table] = MappingProxyType({table.name: table for table in _ORDERED})


def table_named(name: str) -> Table:
    """Return a table by its name; PlannerError lists the names when there is none."""
    if name not in TABLES:
        raise PlannerError(f"There is no table {name!r}. The tables are {', '.join(TABLES)}.")
    return TABLES[name]
