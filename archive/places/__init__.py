"""Places: their names and codes in each year, and what has become of them."""
