"""Coverage and trends: pages of numbers over places and years."""
