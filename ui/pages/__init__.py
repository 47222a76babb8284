"""The pages of the navigation rail, as a table: id, title, icon and class."""

from dataclasses import dataclass

from ui.icons import IconName
from ui.pages.capacity import CapacityPage
from ui.pages.contracts import ContractsPage
from ui.pages.deliveries import DeliveriesPage
from ui.pages.demand import DemandPage
from ui.pages.history import HistoryPage
from ui.pages.overview import OverviewPage
from ui.pages.page import Context, Page
from ui.pages.stock import StockPage
from ui.pages.tables import TablesPage

__all__ = ["PAGES", "Context", "Page", "PageSpec"]


@dataclass(frozen=True, slots=True)
class PageSpec:
    """One page; the action `go_` + id leads to it."""

    id: str
    title: str
    icon: IconName
    page: type[Page]


PAGES = (
    PageSpec("overview", "Overview", "overview", OverviewPage),
    PageSpec("contracts", "Contracts", "contracts", ContractsPage),
    PageSpec("deliveries", "Deliveries", "deliveries", DeliveriesPage),
    PageSpec("demand", "Demand", "demand", DemandPage),
    PageSpec("capacity", "Capacity", "capacity", CapacityPage),
    PageSpec("stock", "Stock", "stock", StockPage),
    PageSpec("tables", "Tables", "tables", TablesPage),
    PageSpec("history", "History", "history", HistoryPage),
)
