"""The page of a report, and correcting what it shows."""
