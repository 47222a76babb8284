"""Charts: frozen tables in, pixels out; no SQL, no pandas, no arithmetic beyond stacking."""
