"""What a reader typed -> a tree of what to find -> one sentence that says so."""
