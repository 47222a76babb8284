"""The pages of the navigation rail, as a table: id, title and icon."""

from dataclasses import dataclass
from importlib import import_module

from ui.icons import IconName
from ui.pages.page import Context, Page

__all__ = ["PAGES", "Context", "Page", "PageSpec"]


@dataclass(frozen=True, slots=True)
class PageSpec:
    """One page; the action `go_` + id leads to it, and its module says as `PAGE` which class it is."""

    id: str
    title: str
    icon: IconName

    def make(self, context: Context) -> Page:
        """Make the page; its module is imported when it is first shown, so that the window is on screen before."""
        page: type[Page] = import_module(f"ui.pages.{self.id}").PAGE
        return page(context)


PAGES = (
    PageSpec("overview", "Overview", "overview"),
    PageSpec("contracts", "Contracts", "contracts"),
    PageSpec("deliveries", "Deliveries", "deliveries"),
    PageSpec("timeline", "Timeline", "timeline"),
    PageSpec("demand", "Demand", "demand"),
    PageSpec("capacity", "Capacity", "capacity"),
    PageSpec("stock", "Stock", "stock"),
    PageSpec("prices", "Prices", "prices"),
    PageSpec("spend", "Spend", "spend"),
    PageSpec("carbon", "Carbon", "carbon"),
    PageSpec("recycled", "Recycled", "recycled"),
    PageSpec("concentration", "Concentration", "concentration"),
    PageSpec("lots", "Lots", "lots"),
    PageSpec("targets", "Targets", "targets"),
    PageSpec("tables", "Tables", "tables"),
    PageSpec("history", "History", "history"),
)
