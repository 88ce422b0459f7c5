"""Who may write: accounts, tokens, secrets, and the log of what was written."""
