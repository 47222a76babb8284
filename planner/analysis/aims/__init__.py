"""What is aimed at, and where the plan stands."""
