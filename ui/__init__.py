"""The window: Qt over the planner library, showing values and turning gestures into commands."""
