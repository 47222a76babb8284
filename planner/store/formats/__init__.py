"""What each format of the plan file added to the one before, as SQL."""
