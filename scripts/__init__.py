"""Everything that a person runs."""
