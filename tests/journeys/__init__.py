"""What a planner does from beginning to end, in the real window."""
