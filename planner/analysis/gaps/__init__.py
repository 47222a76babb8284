"""Where supply and demand part: by period, by what supply is made of, and why."""
