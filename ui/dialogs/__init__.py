"""Dialogs: each asks or says one thing and has one default button named by its verb."""
