"""Grids: one model over the fields of any table, one over months, and the views that edit both like a spreadsheet."""
