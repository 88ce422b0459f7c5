"""Lines -> the paragraphs of a report, each with its section and its part."""
