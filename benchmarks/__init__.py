"""Programs that measure, each against a floor of the same run; nothing here is asserted."""
