"""What the whole archive says of a term, and of which places and years it has the reports."""
