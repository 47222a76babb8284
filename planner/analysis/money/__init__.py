"""Prices, spend and budgets."""
