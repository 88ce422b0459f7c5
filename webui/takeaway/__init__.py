"""What is taken along: files of all hits, and feeds."""
