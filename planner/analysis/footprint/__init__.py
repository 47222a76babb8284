"""What supply carries: carbon, and recycled metal."""
