"""The page of results: hits, what to narrow by, links that change one thing."""
