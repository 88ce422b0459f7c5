"""Nothing is lost: checksums, doctoring, backups, the way back."""
